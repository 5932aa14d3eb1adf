#include "store/trouble_internal.hpp"
#include "store/zstd_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <new>
#include <zstd.h>

namespace regtrail::store {

namespace {

/// Of a body that stands alone; against a prefix next to nothing is left to search for.
constexpr int level_alone = 19;
constexpr int level_with_prefix = 9;
/// From here on the match tables of the level no longer reach the beginning of the prefix.
constexpr std::size_t long_distance_from = 64 * 1024;
/// Also what the decoder allows by default.
constexpr int largest_window_log = 27;

void check(std::size_t code) {
  if (ZSTD_isError(code) != 0U) {
    throw Damage(fmt::format("compressed bytes that cannot be used ({})", ZSTD_getErrorName(code)));
  }
}

} // namespace

void Zstd::Free::operator()(ZSTD_CCtx* context) const {
  ZSTD_freeCCtx(context);
}

void Zstd::Free::operator()(ZSTD_DCtx* context) const {
  ZSTD_freeDCtx(context);
}

Zstd::Zstd() : m_compressor(ZSTD_createCCtx()), m_decompressor(ZSTD_createDCtx()) {
  if (m_compressor == nullptr || m_decompressor == nullptr) {
    throw std::bad_alloc();
  }
}

std::string Zstd::compress(std::string_view bytes, std::string_view prefix) {
  ZSTD_CCtx* context = m_compressor.get();
  const auto set = [&](ZSTD_cParameter parameter, int value) {
    check(ZSTD_CCtx_setParameter(context, parameter, value));
  };
  check(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters));
  set(ZSTD_c_compressionLevel, prefix.empty() ? level_alone : level_with_prefix);
  set(ZSTD_c_checksumFlag, 1);
  if (!prefix.empty()) {
    const auto wanted = static_cast<int>(std::bit_width(prefix.size() + bytes.size()));
    set(ZSTD_c_windowLog, std::clamp(wanted, 10, largest_window_log));
    set(ZSTD_c_enableLongDistanceMatching, prefix.size() >= long_distance_from ? 1 : 0);
    check(ZSTD_CCtx_refPrefix(context, prefix.data(), prefix.size()));
  }
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t written =
      ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
  check(written);
  out.resize(written);
  return out;
}

std::string Zstd::decompress(std::string_view frame, std::size_t size, std::string_view prefix) {
  // zstd never packs tighter than this by far; a damaged size must not ask for all memory.
  if (size / 100'000 > frame.size()) {
    throw Damage("a size that cannot be true");
  }
  ZSTD_DCtx* context = m_decompressor.get();
  check(ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters));
  if (!prefix.empty()) {
    check(ZSTD_DCtx_refPrefix(context, prefix.data(), prefix.size()));
  }
  std::string out(size, '\0');
  const std::size_t written =
      ZSTD_decompressDCtx(context, out.data(), out.size(), frame.data(), frame.size());
  check(written);
  if (written != size) {
    throw Damage("a body shorter than it was");
  }
  return out;
}

} // namespace regtrail::store
