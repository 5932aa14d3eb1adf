// Names of firms in the form in which they are compared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// A word of a name or of a running text.
struct NameWord {
  std::string text;      ///< folded, abbreviations written out
  std::size_t begin = 0; ///< bytes in the original
  std::size_t end = 0;
};

/// All words, legal forms included. Characters of Chinese and Japanese make words of their own
/// runs, from which their legal forms are cut.
[[nodiscard]] std::vector<NameWord> name_words(std::string_view text);

/// How many words from `first` make a legal form ("Co", "Limited Liability Company"); 0 for none.
[[nodiscard]] std::size_t legal_form_at(const std::vector<NameWord>& words, std::size_t first);

/// A word that many firms bear: a trade, a country, a city.
[[nodiscard]] bool is_common_in_names(std::string_view word);

/// A name ready to be compared.
struct FoldedName {
  std::string squeezed; ///< the words joined
  std::string core;     ///< those that are not common, joined
  std::string sorted;   ///< all words in order, joined
  std::string sorted_core;
  std::vector<std::string> common; ///< in order
  std::string digits;              ///< all digits, as printed
  std::size_t words = 0;
};

[[nodiscard]] FoldedName make_folded_name(std::string_view name);

/// "Example Tech Co d.b.a. EXT" is two names.
[[nodiscard]] std::vector<std::string> names_in(std::string_view entered);

/// Letters by which two names that are near differ; -1 where they are not near.
[[nodiscard]] int near_distance(const FoldedName& left, const FoldedName& right);

} // namespace regtrail::diff
