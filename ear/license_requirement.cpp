#include "ear/license_requirement.hpp"

#include "model/scan.hpp"

namespace regtrail::ear {

LicenseRequirement parse_license_requirement(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  LicenseRequirement requirement;
  if (find_word(plain, "all items subject to the ear") != std::string_view::npos) {
    requirement.scope = LicenseRequirement::Class::all;
  } else if (find_word(plain, "items") != std::string_view::npos ||
             find_word(plain, "item") != std::string_view::npos) {
    requirement.scope = LicenseRequirement::Class::scoped;
  }
  for (std::size_t i = 1; i < plain.size(); ++i) {
    if (!is_digit(plain[i]) || is_digit(plain[i - 1])) {
      continue;
    }
    // A superscript, or a digit glued to what a footnote mark can stand behind.
    const bool superscript = plain[i - 1] == '^';
    const bool after_ear = i >= 3 && plain.substr(i - 3, 3) == "EAR";
    const bool glued =
        after_ear || plain[i - 1] == ')' || (plain[i - 1] == ',' && i >= 2 && plain[i - 2] == ')');
    std::size_t end = i;
    while (end < plain.size() && is_digit(plain[end])) {
      ++end;
    }
    const bool ear99 = after_ear && plain.substr(i, end - i) == "99";
    if ((superscript || glued) && !ear99 && folded.at(end) != '(' &&
        !(folded.at(end) == '.' && is_digit(folded.at(end + 1)))) {
      for (std::size_t digit = i; digit < end; ++digit) {
        requirement.footnotes.insert(plain[digit] - '0');
      }
    }
    i = end;
  }
  return requirement;
}

std::string to_string(const LicenseRequirement& requirement) {
  std::string text = requirement.scope == LicenseRequirement::Class::all      ? "all items"
                     : requirement.scope == LicenseRequirement::Class::scoped ? "some items"
                                                                              : "unknown scope";
  std::string_view separator = requirement.footnotes.size() == 1 ? ", footnote " : ", footnotes ";
  for (const int footnote : requirement.footnotes) {
    text += std::string(separator) + std::to_string(footnote);
    separator = " and ";
  }
  return text;
}

} // namespace regtrail::ear
