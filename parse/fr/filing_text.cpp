#include "parse/fr/filing_text.hpp"

#include "model/characters.hpp"

#include <algorithm>
#include <array>

namespace regtrail::parse {
namespace {

constexpr std::string_view stamp = "This document is scheduled to be published";
constexpr std::string_view stamp_end = "govinfo.gov";
constexpr std::string_view section_sign = "\xC2\xA7";
constexpr std::size_t front = 4096;

/// "12. Section 744.6"
bool is_numbered(std::string_view line) {
  const std::size_t end = line.find_first_not_of("0123456789");
  return end != 0 && end < 4 && line.substr(end).starts_with(". ");
}

/// Whether a paragraph begins with the line, though nothing parts it from the one before.
bool begins_paragraph(std::string_view line) {
  constexpr std::array<std::string_view, 16> beginnings = {"AGENCY:",
                                                           "ACTION:",
                                                           "SUMMARY:",
                                                           "DATES:",
                                                           "EFFECTIVE DATE:",
                                                           "ADDRESSES:",
                                                           "FOR FURTHER INFORMATION CONTACT:",
                                                           "SUPPLEMENTARY INFORMATION:",
                                                           "BILLING CODE",
                                                           "[FR Doc.",
                                                           "List of Subjects",
                                                           "PART ",
                                                           "Authority:",
                                                           "Dated:",
                                                           "* * *",
                                                           section_sign};
  return is_numbered(line) || std::any_of(beginnings.begin(), beginnings.end(), [&](auto words) {
           return line.starts_with(words);
         });
}

std::string in_raw_form(std::string_view line) {
  std::string text(line);
  if (text.starts_with(section_sign)) {
    text.replace(0, section_sign.size(), "Sec.");
  }
  if (text.starts_with("PART ")) {
    for (const std::string_view dash :
         {" \xE2\x80\x93 ", " \xE2\x80\x94 ", "\xE2\x80\x93", "\xE2\x80\x94"}) {
      if (const std::size_t at = text.find(dash); at != std::string::npos) {
        text.replace(at, dash.size(), "--");
        break;
      }
    }
  }
  return text;
}

} // namespace

bool is_filing_text(std::string_view bytes) {
  return bytes.substr(0, front).find(stamp) != std::string_view::npos;
}

std::string raw_text_of_filing(std::string_view bytes) {
  std::string out = "-----------\n"; // the rule below the heading of raw text
  bool in_stamp = false;
  bool in_front = true; // down to the first caption each line stands by itself
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\n\f"), bytes.size());
    const std::string_view line = trimmed(bytes.substr(0, end));
    const bool page_break = end < bytes.size() && bytes[end] == '\f';
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    in_stamp = in_stamp || line.starts_with(stamp);
    if (in_stamp) {
      in_stamp = line.find(stamp_end) == std::string_view::npos;
      continue;
    }
    if (all_digits(line) || (page_break && line.empty())) { // the number of a page
      continue;
    }
    in_front = in_front && !line.starts_with("AGENCY:");
    const bool set_out = out.ends_with("follows:\n"); // what an instruction prints
    out += line.empty() || in_front || set_out || begins_paragraph(line) ? "\n" : "";
    out += in_raw_form(line);
    out += line.empty() ? "" : "\n";
  }
  return out;
}

} // namespace regtrail::parse
