// The names of the user's parties beside those that lists and documents print. A likeness of names
// is never a statement of identity.
#pragma once

#include "model/hit.hpp"
#include "model/register.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// A party of the register beside a printed name or address.
struct PartyMatch {
  std::size_t party = 0; ///< index in the parties given
  NameLikeness likeness = NameLikeness::near;
  int distance = 0;      ///< letters by which a near name differs; 0 for another order of words
  std::string own;       ///< as the register spells it; of an owner with the percent
  std::string words;     ///< as printed
  std::size_t begin = 0; ///< place in a running text
  bool by_owner = false; ///< the name is that of an owner, however alike

  friend bool operator==(const PartyMatch&, const PartyMatch&) = default;
};

/// The parties of a register, ready to be looked up. 5,000 parties against the names of the whole
/// Entity List take well below a second: names are found by their folded form and by trigrams.
class PartyNames {
public:
  explicit PartyNames(std::span<const Party> parties);
  PartyNames(PartyNames&&) noexcept;
  PartyNames& operator=(PartyNames&&) noexcept;
  ~PartyNames();

  /// Parties with a name, alias or owner like `name`, the best likeness of each, best first.
  /// Folded: equal but for case, punctuation, widths, spacing, accents, legal forms ("Co., Ltd.",
  /// "K.K.", "株式会社") and usual abbreviations ("Equip."). Near: a few letters differ, in
  /// proportion to the length; words that many firms bear ("trading", "Shanghai") weigh little;
  /// numbers have to agree.
  [[nodiscard]] std::vector<PartyMatch> find(std::string_view name) const;

  /// Parties at `address`, for the entries of lists that name only an address.
  [[nodiscard]] std::vector<PartyMatch> find_address(std::string_view address) const;

  /// Parties whose names stand in a running text, exactly or folded, each once. A name of one word
  /// counts where it is printed with a capital.
  [[nodiscard]] std::vector<PartyMatch> find_in_text(std::string_view text) const;

private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// The folded form of a name, for tests and for looking up by it: words in printed order without
/// legal forms, abbreviations written out.
[[nodiscard]] std::vector<std::string> fold_name(std::string_view name);

} // namespace regtrail::diff
