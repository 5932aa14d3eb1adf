// Changes as a Word document with tracked changes.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "notify/render/html.hpp"

#include <map>
#include <string>

namespace regtrail::render {

/// A document of WordprocessingML (ISO/IEC 29500) in a ZIP archive. Each change other than cosmetic
/// ones has its citation as a heading and its whole text as one paragraph of the style
/// "RegulationText", with lines apart; accepting all changes leaves `after`, rejecting all
/// `before`. The author of a change is the rule that is known to have made it ("91 FR 52501"), with
/// the day on which it was `published` (by document number) where that is given; else "eCFR", with
/// the date of the after side.
[[nodiscard]] std::string
diff_docx(const DiffResult& diff, Language language, const std::map<std::string, Date>& published);

} // namespace regtrail::render
