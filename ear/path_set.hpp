// The small language of ECCN paragraph lists: "3B001.a.4, c, d, f.1, f.5, k to n, p.2"
// (docs/grammar.md, CCL: path lists).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

/// An ECCN in text with the paragraph it names, if any, and where it stands.
struct EccnMention {
  std::string eccn; ///< "3B001"
  std::string path; ///< "c.1.a", "" for the whole entry
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const EccnMention&, const EccnMention&) = default;
};

/// Every ECCN in `text`, lists expanded: "3B001.a.4, c, d" gives three mentions of 3B001.
[[nodiscard]] std::vector<EccnMention> find_eccns(std::string_view text);

/// "3B001.a.1 to a.3, b, e" -> {"a.1","a.2","a.3","b","e"}; nullopt for "entire entry" and for
/// text that is no path list. Without the ECCN in front the list may begin at once.
[[nodiscard]] std::optional<std::vector<std::string>> parse_path_set(std::string_view text);

/// The list that `text` begins with, whatever follows it: "a.1 to a.3, b, except for ..." ->
/// {"a.1","a.2","a.3","b"}; empty when it begins with none.
[[nodiscard]] std::vector<std::string> leading_paths(std::string_view text);

} // namespace regtrail::ear
