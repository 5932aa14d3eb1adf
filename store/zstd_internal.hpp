// zstd with an earlier text as prefix: what both have in common costs a few bytes. The four bytes
// by which a zstd frame begins are not kept; frames of archives of schema 2 still have them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DCtx_s;

namespace regtrail::store {

/// Throws Damage on bytes that it did not make. Contexts are kept, as making one costs more than
/// compressing a paragraph.
class Zstd {
private:
  struct FreeDictionary {
    void operator()(ZSTD_CDict_s* dictionary) const;
  };

public:
  /// The match tables of a prefix that many texts are compressed against.
  using Dictionary = std::unique_ptr<ZSTD_CDict_s, FreeDictionary>;

  Zstd();

  /// The size is not part of the result; whoever stores it keeps it beside.
  std::string compress(std::string_view bytes, std::string_view prefix = {});
  /// To be decompressed with the text of the dictionary as prefix.
  std::string compress(std::string_view bytes, const Dictionary& dictionary);
  static Dictionary dictionary(std::string_view text);
  std::string decompress(std::string_view data, std::size_t size, std::string_view prefix = {});

private:
  std::string compress_as_set(std::string_view bytes);

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
