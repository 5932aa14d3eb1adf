#include "support.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/wait.h>
#include <unistd.h>

namespace regtrail::cli::testing {

Program::Program() {
  set("HOME", m_home.path().string());
}

int Program::start(const std::vector<std::string>& arguments, int out, int err) const {
  std::vector<std::string> texts{REGTRAIL_BINARY};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : m_variables) {
    variables.push_back(name + "=" + value);
  }
  const auto pointers = [](std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (std::string& string : strings) {
      result.push_back(string.data());
    }
    result.push_back(nullptr);
    return result;
  };
  std::vector<char*> argv = pointers(texts);
  std::vector<char*> envp = pointers(variables);
  const pid_t child = ::fork();
  if (child == 0) {
    const int in = ::open("/dev/null", O_RDONLY);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (::chdir(m_home.path().c_str()) == 0) {
      ::execve(argv[0], argv.data(), envp.data());
    }
    ::_exit(126);
  }
  return child;
}

Outcome Program::run(const std::vector<std::string>& arguments) const {
  const TempDir outputs;
  const auto open = [&](const char* name) {
    return ::open((outputs.path() / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  };
  const int out = open("out");
  const int err = open("err");
  const int child = start(arguments, out, err);
  ::close(out);
  ::close(err);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = outputs.read("out");
  outcome.err = outputs.read("err");
  return outcome;
}

} // namespace regtrail::cli::testing
