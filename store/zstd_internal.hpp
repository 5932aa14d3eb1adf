// zstd with an earlier text as prefix: what both have in common costs a few bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace regtrail::store {

/// Throws Damage on bytes that it did not make. Contexts are kept, as making one costs more than
/// compressing a paragraph.
class Zstd {
public:
  Zstd();

  /// The size is not part of the result; whoever stores it keeps it beside.
  std::string compress(std::string_view bytes, std::string_view prefix = {});
  std::string decompress(std::string_view data, std::size_t size, std::string_view prefix = {});

private:
  struct FreeCompressor {
    void operator()(ZSTD_CCtx_s* context) const;
  };

  struct FreeDecompressor {
    void operator()(ZSTD_DCtx_s* context) const;
  };

  std::unique_ptr<ZSTD_CCtx_s, FreeCompressor> m_compressor;
  std::unique_ptr<ZSTD_DCtx_s, FreeDecompressor> m_decompressor;
};

} // namespace regtrail::store
