// Editorial notes about amendments that the Office of the Federal Register could not carry out
// ("... could not be incorporated because paragraph (b)(11) does not exist", docs/grammar.md,
// Status notes).
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

namespace federal_register {

enum class DefectReason : std::uint8_t {
  target_missing,
  target_exists,
  words_missing,
  text_missing,
  wrong_citation,
  stayed,
  inaccurate, ///< "due to inaccurate amendatory instruction"
  other,
};

} // namespace federal_register

template<>
struct Vocabulary<federal_register::DefectReason> {
  static constexpr std::string_view name = "reason why an amendment could not be carried out";
  static constexpr std::array<std::string_view, 8> words = {"target does not exist",
                                                            "target already exists",
                                                            "quoted words not present",
                                                            "incomplete text",
                                                            "incorrect citation",
                                                            "stayed",
                                                            "inaccurate instruction",
                                                            "other"};
};

namespace federal_register {

struct DefectNote {
  Citation at;                   ///< FR page of the instruction; empty where none is named
  std::optional<Date> published; ///< its date as printed
  Instruction instruction;       ///< what it ordered; understood only where its words are
  DefectReason reason = DefectReason::other;
  std::string words; ///< behind "because" or "due to"
};

/// All of them in the text of an EDNOTE or EFFDNOT, in order. `title` is that of the CFR.
[[nodiscard]] std::vector<DefectNote> find_defect_notes(std::string_view text,
                                                        std::string_view title);

} // namespace federal_register

} // namespace regtrail
