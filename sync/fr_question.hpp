// What an address of the Federal Register's API asks for, and whether a document is an answer to
// it.
#pragma once

#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::sync {

/// What is empty is not asked for.
struct FrQuestion {
  std::vector<std::string> agencies; ///< slugs
  std::vector<std::string> types;    ///< "RULE", "PRESDOCU"
  std::optional<Date> from;          ///< day of publication
  std::optional<Date> until;
  int volume = 0; ///< of a printed page that the document is to hold
  int page = 0;
};

[[nodiscard]] FrQuestion fr_question_of(std::string_view url);

/// Why `document` is no answer: "is of Transportation Department"; "" where it may be one. What the
/// service does not say of a document speaks for it.
[[nodiscard]] std::string why_foreign(const FrQuestion& question, const Document& document);

/// True for the address of the text of a filing:
/// "https://www.federalregister.gov/public-inspection/raw_text/202/619/930.txt".
[[nodiscard]] bool is_of_filing(std::string_view url);

/// True for documents of the Bureau of Industry and Security.
[[nodiscard]] bool is_of_bis(const Document& document);

} // namespace regtrail::sync
