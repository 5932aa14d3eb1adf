// Addresses of the law and of documents at their services.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>

namespace regtrail::delivery {

/// "https://www.federalregister.gov/d/2026-16628"; of a measure where its text is; "" unknown.
[[nodiscard]] std::string document_url(const Document& document);

/// The PDF of a published document; "" where there is none.
[[nodiscard]] std::string pdf_url(const Document& document);

/// "https://www.federalregister.gov/citation/91-FR-60106" of "91 FR 60106".
[[nodiscard]] std::string citation_url(const std::string& citation);

/// The comparison of a place on two issue dates.
[[nodiscard]] std::string compare_url(const Citation& at, Date before, Date after);

/// The text of a place on a day, or the newest.
[[nodiscard]] std::string text_url(const Citation& at, std::optional<Date> on);

} // namespace regtrail::delivery
