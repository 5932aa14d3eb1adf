#include "sync/part_text.hpp"

#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr_xml.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::sync {
namespace {

Result<parse::EcfrDocument> read_document(const std::string& bytes,
                                          const store::RawRecord& record,
                                          const store::PartDate& date) {
  if (record.source != store::govinfo_source) {
    parse::EcfrOptions options;
    options.source_name = record.url;
    options.title = std::to_string(date.title);
    return parse::parse_ecfr(bytes, options);
  }
  parse::CfrAnnualOptions options;
  options.source_name = record.url;
  options.title = std::to_string(date.title);
  options.parts = {date.part};
  TRY_ASSIGN(auto annual, parse::parse_cfr_annual(bytes, options));
  return std::move(annual.content);
}

} // namespace

bool says_gone(const store::RawRecord& record) {
  constexpr int status_not_found = 404;
  return record.status == status_not_found;
}

Result<std::vector<Unit>>
read_part(const std::string& bytes, const store::RawRecord& record, const store::PartDate& date) {
  if (says_gone(record)) {
    return std::vector<Unit>();
  }
  TRY_ASSIGN(auto document, read_document(bytes, record, date));
  // The name of an appendix need not say its part.
  const auto foreign = [&](const Unit& unit) {
    const std::string part = unit.id.part_number();
    return part != date.part && !(part.empty() && unit.id.kind() == CitationKind::appendix);
  };
  if (document.units.empty() ||
      std::any_of(document.units.begin(), document.units.end(), foreign)) {
    return fail(ErrorKind::malformed,
                fmt::format("'{}' holds '{}' instead of {}; the answer is kept aside",
                            record.url,
                            document.scope,
                            part_name(date)));
  }
  return std::move(document.units);
}

std::string part_name(const store::PartDate& date) {
  return fmt::format("{} CFR Part {}", date.title, date.part);
}

std::string name_of(const store::PartDate& date) {
  return fmt::format("{} of {}", part_name(date), date.issue_date.to_string());
}

} // namespace regtrail::sync
