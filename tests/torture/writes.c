/* Preloaded into the program: counts calls that change files, ends the process before one of them, and adds up how long
 * it waited. KILL_BEFORE=n ends it by SIGKILL before the n-th call (from 1). REPORT=FILE is given two numbers at the end:
 * calls, and microseconds slept. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;
static atomic_long slept;
static long kill_before;

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("KILL_BEFORE");
    kill_before = text ? atol(text) : 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *name = getenv("REPORT");
    char line[64];
    int size = snprintf(line, sizeof line, "%ld %ld\n", (long)calls, (long)slept);
    int file = name ? (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (file >= 0 && syscall(SYS_write, file, line, size) == size) {
        syscall(SYS_close, file);
    }
}

static void count(void)
{
    if (++calls == kill_before) {
        kill(getpid(), SIGKILL);
    }
}

#define COUNTED(type, name, parameters, arguments)                   \
    type name parameters                                             \
    {                                                                \
        static type(*next) parameters;                               \
        if (next == NULL) {                                          \
            *(void **)&next = dlsym(RTLD_NEXT, #name);               \
        }                                                            \
        count();                                                     \
        return next arguments;                                       \
    }

COUNTED(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
COUNTED(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at))
COUNTED(ssize_t, sendfile, (int to, int from, off_t *at, size_t size), (to, from, at, size))
COUNTED(ssize_t, copy_file_range, (int from, off64_t *at, int to, off64_t *to_at, size_t size, unsigned flags), (from, at, to, to_at, size, flags))
COUNTED(int, ftruncate, (int file, off_t size), (file, size))
COUNTED(int, ftruncate64, (int file, off64_t size), (file, size))
COUNTED(int, fsync, (int file), (file))
COUNTED(int, fdatasync, (int file), (file))
COUNTED(int, rename, (const char *from, const char *to), (from, to))
COUNTED(int, link, (const char *from, const char *to), (from, to))
COUNTED(int, unlink, (const char *name), (name))
COUNTED(int, remove, (const char *name), (name))

/* What goes to a terminal or a pipe is not counted. */
ssize_t write(int file, const void *bytes, size_t size)
{
    if (file > STDERR_FILENO) {
        count();
    }
    return syscall(SYS_write, file, bytes, size);
}

int usleep(useconds_t time)
{
    const struct timespec wait = {time / 1000000, (long)(time % 1000000) * 1000};
    slept += time;
    return (int)syscall(SYS_nanosleep, &wait, NULL);
}

int nanosleep(const struct timespec *wait, struct timespec *left)
{
    slept += wait->tv_sec * 1000000 + wait->tv_nsec / 1000;
    return (int)syscall(SYS_nanosleep, wait, left);
}
