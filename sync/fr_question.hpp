// What an address of the Federal Register's API asks for, and whether a document is an answer to
// it.
#pragma once

#include "fetch/federal_register_client.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::sync {

/// What is empty is not asked for. Terms are left aside: what stands in a text is not known from
/// what the service says of it.
struct FrQuestion {
  std::vector<std::string> agencies; ///< slugs
  std::vector<std::string> types;    ///< "RULE", "PRESDOCU"
  std::optional<fetch::FrCfr> cfr;
  std::optional<Date> from; ///< day of publication
  std::optional<Date> until;
  int volume = 0; ///< of a printed page that the document is to hold
  int page = 0;
};

[[nodiscard]] FrQuestion fr_question_of(std::string_view url);
/// Without the days.
[[nodiscard]] FrQuestion fr_question_of(const fetch::FrSearch& search);

/// Why `document` is certainly no answer: "is of Transportation Department"; "" where it may be
/// one. What the service does not say of a document speaks for it. Of agencies only the Bureau's is
/// certain.
[[nodiscard]] std::string why_foreign(const FrQuestion& question, const Document& document);

/// True where all that is known of `document` is asked for. An agency is known by its name, of
/// which the service makes the slug; a few have an older one.
[[nodiscard]] bool is_asked_for(const FrQuestion& question, const Document& document);

/// True for the address of the text of a filing:
/// "https://www.federalregister.gov/public-inspection/raw_text/202/619/930.txt".
[[nodiscard]] bool is_of_filing(std::string_view url);

/// True for documents of the Bureau of Industry and Security.
[[nodiscard]] bool is_of_bis(const Document& document);

} // namespace regtrail::sync
