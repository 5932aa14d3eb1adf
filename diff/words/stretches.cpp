// Equal stretches of long texts, found sentence by sentence, so that only what lies between them
// has to be cut into tokens.
#include "diff/words/words_internal.hpp"
#include "model/digest.hpp"

#include <algorithm>
#include <cstring>

namespace regtrail::diff::words {
namespace {

/// Shorter texts are cut into tokens as a whole.
constexpr std::size_t long_text = 4096;

/// Equal sentences prove that they belong together when they are as long as this in a row.
constexpr std::size_t proving_bytes = 64;

struct Sentences {
  std::vector<std::uint32_t> begins; ///< and the end of the text
  std::vector<std::uint64_t> keys;
};

/// A sentence ends behind a full stop and the blanks that follow it.
Sentences sentences_of(std::string_view text) {
  Sentences sentences;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (begin < text.size()) {
    const void* stop = std::memchr(text.data() + at, '.', text.size() - at);
    std::size_t end = text.size();
    if (stop != nullptr) {
      at = static_cast<std::size_t>(static_cast<const char*>(stop) - text.data()) + 1;
      if (at < text.size() && text[at] != ' ' && text[at] != '\n') {
        continue;
      }
      end = std::min(text.find_first_not_of(" \n", at), text.size());
    }
    sentences.begins.push_back(static_cast<std::uint32_t>(begin));
    sentences.keys.push_back(hash128(text.substr(begin, end - begin)).low);
    begin = at = end;
  }
  sentences.begins.push_back(static_cast<std::uint32_t>(text.size()));
  return sentences;
}

} // namespace

std::vector<Stretch> equal_stretches(std::string_view before, std::string_view after) {
  std::vector<Stretch> stretches;
  if (std::min(before.size(), after.size()) < long_text) {
    return stretches;
  }
  const Sentences left = sentences_of(before);
  const Sentences right = sentences_of(after);
  for (const Block& block : align_words(left.keys, right.keys)) {
    const std::size_t x = left.begins[block.before];
    const std::size_t y = right.begins[block.after];
    const std::size_t length = left.begins[block.before + block.length] - x;
    if (length >= proving_bytes && before.substr(x, length) == after.substr(y, length)) {
      stretches.push_back({x, y, length});
    }
  }
  return stretches;
}

} // namespace regtrail::diff::words
