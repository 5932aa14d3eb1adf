#include "store/trouble_internal.hpp"
#include "store/zstd_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <new>
#include <string_view>
#include <zstd.h>

namespace regtrail::store {

namespace {

/// Of the whole-part texts that are first of their kind; against a prefix next to nothing is left
/// to search for.
constexpr int level_alone = 15;
constexpr int level_with_prefix = 9;
constexpr int level_with_dictionary = 12;
/// Of larger texts the tables of the level above would take ten times the text.
constexpr int level_with_large_dictionary = 6;
constexpr std::size_t large_dictionary = std::size_t{1} << 20U;
/// From here on the match tables of the level no longer reach the beginning of the prefix.
constexpr std::size_t long_distance_from = 64 * 1024;
/// Also what the decoder allows by default.
constexpr int largest_window_log = 27;
/// No frame without it begins with these bytes: the bit 0x08 of the first is reserved and 0.
constexpr std::string_view magic("\x28\xb5\x2f\xfd", 4);
/// By which zstd would know a dictionary of its own making.
constexpr std::string_view trained_magic("\x37\xa4\x30\xec", 4);

void check(std::size_t code) {
  if (ZSTD_isError(code) != 0U) {
    throw Damage(fmt::format("compressed bytes that cannot be used ({})", ZSTD_getErrorName(code)));
  }
}

void set(ZSTD_CCtx* context, ZSTD_cParameter parameter, int value) {
  check(ZSTD_CCtx_setParameter(context, parameter, value));
}

} // namespace

void Zstd::FreeCompressor::operator()(ZSTD_CCtx* context) const {
  ZSTD_freeCCtx(context);
}

void Zstd::FreeDictionary::operator()(ZSTD_CDict* dictionary) const {
  ZSTD_freeCDict(dictionary);
}

void Zstd::FreeDecompressor::operator()(ZSTD_DCtx* context) const {
  ZSTD_freeDCtx(context);
}

Zstd::Zstd() : m_compressor(ZSTD_createCCtx()), m_decompressor(ZSTD_createDCtx()) {
  if (m_compressor == nullptr || m_decompressor == nullptr) {
    throw std::bad_alloc();
  }
}

std::string Zstd::compress(std::string_view bytes, std::string_view prefix) {
  ZSTD_CCtx* context = m_compressor.get();
  check(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters));
  set(context, ZSTD_c_compressionLevel, prefix.empty() ? level_alone : level_with_prefix);
  set(context, ZSTD_c_contentSizeFlag, 0);
  if (!prefix.empty()) {
    const auto wanted = static_cast<int>(std::bit_width(prefix.size() + bytes.size()));
    set(context, ZSTD_c_windowLog, std::clamp(wanted, 10, largest_window_log));
    if (prefix.size() >= long_distance_from) {
      set(context, ZSTD_c_enableLongDistanceMatching, 1);
    }
    check(ZSTD_CCtx_refPrefix(context, prefix.data(), prefix.size()));
  }
  return compress_as_set(bytes);
}

std::string Zstd::compress(std::string_view bytes, const Dictionary& dictionary) {
  ZSTD_CCtx* context = m_compressor.get();
  check(ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters));
  set(context, ZSTD_c_contentSizeFlag, 0);
  check(ZSTD_CCtx_refCDict(context, dictionary.get()));
  return compress_as_set(bytes);
}

Zstd::Dictionary Zstd::dictionary(std::string_view text) {
  if (text.starts_with(trained_magic)) {
    text = {}; // fewer matches, and what is written can be read with the text all the same
  }
  Dictionary made(ZSTD_createCDict(text.data(),
                                   text.size(),
                                   text.size() > large_dictionary ? level_with_large_dictionary
                                                                  : level_with_dictionary));
  if (made == nullptr) {
    throw std::bad_alloc();
  }
  return made;
}

std::string Zstd::compress_as_set(std::string_view bytes) {
  ZSTD_CCtx* context = m_compressor.get();
  check(ZSTD_CCtx_setPledgedSrcSize(context, bytes.size()));
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t written =
      ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
  check(written);
  out.resize(written);
  return out.erase(0, magic.size());
}

std::string Zstd::decompress(std::string_view data, std::size_t size, std::string_view prefix) {
  // zstd never packs tighter than this by far; a damaged size must not ask for all memory.
  if (size / 100'000 > data.size()) {
    throw Damage("a size that cannot be true");
  }
  std::string whole;
  if (!data.starts_with(magic)) {
    whole.reserve(magic.size() + data.size());
    whole.append(magic).append(data);
    data = whole;
  }
  ZSTD_DCtx* context = m_decompressor.get();
  check(ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters));
  if (!prefix.empty()) {
    check(ZSTD_DCtx_refPrefix(context, prefix.data(), prefix.size()));
  }
  std::string out(size, '\0');
  const std::size_t written =
      ZSTD_decompressDCtx(context, out.data(), out.size(), data.data(), data.size());
  check(written);
  if (written != size) {
    throw Damage("a text shorter than it was");
  }
  return out;
}

} // namespace regtrail::store
