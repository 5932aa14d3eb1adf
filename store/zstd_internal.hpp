// zstd (RFC 8878): ordinary frames with a checksum, that the program `zstd` reads; one that was
// made against another body with `zstd -d --long=27 --patch-from=OTHER`.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace regtrail::store {

/// Compressor and decompressor; not thread-safe.
class Zstd {
public:
  Zstd();

  /// One frame; with `prefix` it can be read only with the same prefix.
  std::string compress(std::string_view bytes, std::string_view prefix = {});

  /// Throws Damage on anything that compress() did not return or that had another size.
  std::string decompress(std::string_view frame, std::size_t size, std::string_view prefix = {});

private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
    void operator()(ZSTD_DCtx_s* context) const;
  };

  std::unique_ptr<ZSTD_CCtx_s, Free> m_compressor;
  std::unique_ptr<ZSTD_DCtx_s, Free> m_decompressor;
};

} // namespace regtrail::store
