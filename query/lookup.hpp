// From what people type to what the archive holds; and when it does not, what it holds instead.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::query {

/// The words of the command line joined and read as a citation of text: a section, supplement,
/// part or ECCN, or a place within one; of `title`, else of title 15, where they name none.
Result<Citation> text_citation(const std::vector<std::string>& words, std::string_view title = {});

/// The same, or the entry of a list of parties in the archive that bears this name; letters and
/// digits decide. Where several entries do, an error names them.
Result<Citation> held_citation(store::Archive& archive, const std::vector<std::string>& words);

/// As text_citation for one or two citations: "3B001 3B993", or two arguments of which each is one.
Result<std::vector<Citation>> text_citations(const std::vector<std::string>& words);

/// The title of a text citation as the archive counts it.
[[nodiscard]] int title_number(const Citation& citation);

/// The same where the archive holds the citation's part. An appendix is cited without its title, so
/// where that of the citation holds no such part it is of the one that does.
Result<int> held_title(store::Archive& archive, const Citation& citation);

/// The command that fetches the part of a citation: "regtrail sync --part '22 CFR 121'".
[[nodiscard]] std::string sync_command(const Citation& citation);

/// The first step of a place below its unit: an entry of the CCL, a country, "(a)"; of a unit
/// itself the unit.
[[nodiscard]] Citation top_place(const Citation& citation);

/// What stands at or below `from`, at the same place below `to`; nullopt for an entry of the CCL
/// when `from` is the whole list.
[[nodiscard]] std::optional<Citation>
rebased(const Citation& place, const Citation& from, const Citation& to);

/// The newest of `dates` (ascending, not empty) that is not after `day`.
Result<Date> date_held_on(const Citation& citation, const std::vector<Date>& dates, Date day);

/// The newest issue date held of the citation's part that is not after `day` (nullopt: of all).
Result<Date> part_date(store::Archive& archive, const Citation& citation, std::optional<Date> day);

/// The units of a part on an issue date held; not_found, saying since when, where the part is gone.
Result<std::vector<Unit>> part_units(store::Archive& archive, const Citation& part, Date date);

// Errors of kind not_found, which may be returned as they are; one of the archive takes their
// place.

/// Names the nearest citations that the archive holds.
[[nodiscard]] tl::unexpected<Error> unknown_citation(store::Archive& archive,
                                                     const Citation& citation);

/// The same for a place in a unit whose tree is at hand, which `where` names in the message.
[[nodiscard]] tl::unexpected<Error> unknown_place(const Citation& citation,
                                                  const Citation& unit,
                                                  const Node& root,
                                                  std::string_view where = "the archive");

/// For a place that `version` does not hold: since when it is gone and how to see it, or what is
/// near.
[[nodiscard]] tl::unexpected<Error>
absent_place(store::Archive& archive, const Citation& citation, const UnitVersion& version);

/// For a date before the first version held.
[[nodiscard]] tl::unexpected<Error>
before_first_version(const Citation& citation, Date asked, Date first);

/// The version of the citation's unit in force on a day (nullopt: the newest). A day before the
/// first version, or after a removal, is an error that names the date.
Result<UnitVersion>
version_for(store::Archive& archive, const Citation& citation, std::optional<Date> day);

} // namespace regtrail::query
