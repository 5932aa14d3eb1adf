#include "parse/register_fields.hpp"

#include "model/cfr_pattern.hpp"
#include "model/characters.hpp"
#include "parse/register_values_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::parse {

namespace {

constexpr std::string_view not_an_eccn =
    "not an ECCN (digit, letter A-E, three digits, e.g. 3B001)";
constexpr std::string_view no_country = "no country code of ISO 3166 (two letters, e.g. JP)";
constexpr std::string_view empty_term = "an empty term (remove it)";

/// The category's own name, where a product shares its fields with the law's words.
const std::vector<RegisterField<Category>> category_fields{
    {"id", &Category::id, "", "the category's id", true},
    {"label_en", &Category::label_en, "--label-en", "label", true},
    {"label_ja", &Category::label_ja, "--label-ja", "label in Japanese"},
    {"group", &Category::group, "--group", "a group of the register"},
    {"seed", &Category::seed, "", ""},
    {"terms_en",
     &Category::terms_en,
     "--term",
     "English term; repeatable, as all lists",
     false,
     is_term,
     empty_term},
    {"ear_terms",
     &Category::ear_terms,
     "--ear-term",
     "spelling as the EAR prints it",
     false,
     is_term,
     empty_term},
    {"terms_ja", &Category::terms_ja, "--term-ja", "Japanese term", false, is_term, empty_term},
    {"eccn",
     &Category::eccn,
     "--eccn",
     "ECCN or the beginning of one, e.g. 3B001.c",
     false,
     is_eccn_prefix,
     not_an_eccn},
    {"cfr",
     &Category::cfr,
     "--cfr",
     "section, e.g. 744.23(a)(4)",
     false,
     is_cfr_place,
     "no place in the CFR (e.g. 744.23(a)(4), 736 Supp. 1, 742, 48 CFR 1-53)"},
    {"hs",
     &Category::hs,
     "--hs",
     "HS heading, a hint only",
     false,
     is_hs_heading,
     "no HS heading (four digits, e.g. 8486 or 8486.20)"},
    {"require_any",
     &Category::require_any,
     "--require",
     "context of which one must be near a term",
     false,
     is_term,
     empty_term},
    {"false_positives",
     &Category::false_positives,
     "--exclude",
     "context that argues against a term",
     false,
     is_term,
     empty_term},
    {"weight", &Category::weight, "--weight", "of a plain term, 0 to 1"},
    {"evidence",
     &Category::evidence,
     "",
     "",
     false,
     is_evidence,
     "unknown (one of ecfr, partial, gk, user)"},
    {"note", &Category::note, "--note", "for those who maintain the register"},
};

const std::vector<RegisterField<Product>> product_fields{
    {"id", &Product::id, "", "the product's id", true},
    {"part_number", &Product::part_number, "--part-number", "as the firm writes it"},
    {"description_en", &Product::description_en, "--description-en", "description"},
    {"description_ja", &Product::description_ja, "--description-ja", "description in Japanese"},
    {"eccn",
     &Product::eccn,
     "--eccn",
     "ECCN, e.g. 3B001.c.1, or EAR99, NOCLASS; repeatable, as all lists",
     false,
     is_classification,
     "not an ECCN (e.g. 3B001, 5A991.b.1), EAR99 or NOCLASS"},
    {"hs", &Product::hs, "--hs", "HS code", false, is_hs_code, "no HS code (4 to 10 digits)"},
    {"origin", &Product::origin, "--origin", "country of origin", false, is_country, no_country},
    {"us_content", &Product::us_content, "--us-content", "U.S. content in percent"},
    {"us_ics", &Product::us_ics, "--us-ics", "contains U.S. integrated circuits: yes or no"},
    {"us_technology",
     &Product::us_technology,
     "--us-technology",
     "made with U.S. technology: yes or no"},
    {"parameters",
     &Product::parameters,
     "--parameter",
     "with its unit, e.g. \"switching time 400 ms\""},
    {"destinations",
     &Product::destinations,
     "--destination",
     "country shipped to",
     false,
     is_country,
     no_country},
    {"categories", &Product::categories, "--category", "a category of the register"},
    {"terms",
     &Product::terms,
     "--term",
     "further words that the law has for it",
     false,
     is_term,
     empty_term},
    {"note", &Product::note, "--note", "for those who maintain the register"},
};

const std::vector<RegisterField<Party>> party_fields{
    {"id", &Party::id, "", "the party's id", true},
    {"names",
     &Party::names,
     "--name",
     "name; repeatable, as all lists",
     false,
     is_term,
     empty_term},
    {"aliases", &Party::aliases, "--alias", "further name", false, is_term, empty_term},
    {"country", &Party::country, "--country", "where it is", false, is_country, no_country},
    {"address", &Party::address, "--address", "as written on an envelope"},
    {"owners", &Party::owners, "--owner", "who owns it, e.g. \"Parent K.K. 60%\""},
    {"note", &Party::note, "--note", "for those who maintain the register"},
};

const std::vector<RegisterField<Procedure>> procedure_fields{
    {"id", &Procedure::id, "", "the procedure's id", true},
    {"title", &Procedure::title, "--title", "of the document"},
    {"citations",
     &Procedure::citations,
     "--citation",
     "place that it relies on, e.g. 744.23(a)(4); repeatable",
     false,
     is_place,
     "no place in the law (e.g. 744.23(a)(4), 3B001.c, supp. 4 to part 744)"},
    {"note", &Procedure::note, "--note", "for those who maintain the register"},
};

const std::vector<RegisterField<Destination>> destination_fields{
    {"id", &Destination::id, "", "the destination's id", true},
    {"country",
     &Destination::country,
     "--country",
     "the country, e.g. TW",
     true,
     is_country,
     no_country},
    {"note", &Destination::note, "--note", "for those who maintain the register"},
};

const std::vector<RegisterField<Watch>> watch_fields{
    {"id", &Watch::id, "", "the watch's id", true},
    {"label_en", &Watch::label_en, "--label-en", "label", true},
    {"label_ja", &Watch::label_ja, "--label-ja", "label in Japanese"},
    {"agencies",
     &Watch::agencies,
     "--agency",
     "slug of the Federal Register, e.g. energy-department; repeatable, as all lists",
     false,
     is_kebab_case,
     "no slug of an agency (e.g. energy-department)"},
    {"types",
     &Watch::types,
     "--type",
     "rule, proposed_rule, notice or presidential",
     false,
     is_searched_type,
     "none of rule, proposed_rule, notice, presidential"},
    {"cfr",
     &Watch::cfr,
     "--cfr",
     "title or part that a document concerns, e.g. \"48 CFR\", \"15 CFR 791\"",
     false,
     is_title_or_part,
     "no title or part of the CFR (e.g. \"48 CFR\", \"15 CFR 791\")"},
    {"terms", &Watch::terms, "--term", "word or phrase", false, is_term, empty_term},
    {"address",
     &Watch::address,
     "--address",
     "of a page or PDF, https://...",
     false,
     is_page_address,
     "no address that can be read (https://host/path)"},
    {"read",
     &Watch::read,
     "--read",
     "of a page: text or links",
     false,
     is_page_form,
     "neither text nor links"},
    {"content", &Watch::content, "--content", "element that is read, e.g. main, #id, .class"},
    {"skip", &Watch::skip, "--skip", "element that is left out", false, is_term, empty_term},
    {"categories", &Watch::categories, "--category", "a category of the register"},
    {"enabled", &Watch::enabled, "--enabled", "yes or no"},
    {"note", &Watch::note, "--note", "for those who maintain the register"},
};

} // namespace

template<>
const std::vector<RegisterField<Category>>& register_fields() {
  return category_fields;
}

template<>
const std::vector<RegisterField<Product>>& register_fields() {
  return product_fields;
}

template<>
const std::vector<RegisterField<Party>>& register_fields() {
  return party_fields;
}

template<>
const std::vector<RegisterField<Procedure>>& register_fields() {
  return procedure_fields;
}

template<>
const std::vector<RegisterField<Destination>>& register_fields() {
  return destination_fields;
}

template<>
const std::vector<RegisterField<Watch>>& register_fields() {
  return watch_fields;
}

template<>
std::string idle_reason(const Category& category) {
  const bool empty = category.terms_en.empty() && category.ear_terms.empty() &&
                     category.terms_ja.empty() && category.eccn.empty() && category.cfr.empty();
  return empty ? fmt::format("category '{}' can never match (give it terms, eccn or cfr)",
                             category.id)
               : "";
}

template<>
std::string idle_reason(const Product& /*product*/) {
  return "";
}

template<>
std::string idle_reason(const Party& party) {
  const bool empty = party.names.empty() && party.aliases.empty() && party.address.empty();
  return empty ? fmt::format("party '{}' can never match (give it names or an address)", party.id)
               : "";
}

template<>
std::string idle_reason(const Procedure& procedure) {
  return procedure.citations.empty()
             ? fmt::format("procedure '{}' can never match (give it citations)", procedure.id)
             : "";
}

template<>
std::string idle_reason(const Destination& /*destination*/) {
  return "";
}

template<>
std::string idle_reason(const Watch& watch) {
  const bool asks =
      !watch.agencies.empty() || !watch.types.empty() || !watch.cfr.empty() || !watch.terms.empty();
  const bool is_page = !watch.address.empty();
  if (!asks && !is_page) {
    return fmt::format("watch '{}' asks nothing (give it agencies, types, cfr or terms, or an "
                       "address)",
                       watch.id);
  }
  if (is_page && !(watch.agencies.empty() && watch.types.empty() && watch.cfr.empty())) {
    return fmt::format("watch '{}' is a page and has agencies, types or cfr (make two of it)",
                       watch.id);
  }
  return !is_page && !(watch.read.empty() && watch.content.empty() && watch.skip.empty())
             ? fmt::format("watch '{}' has read, content or skip, but no address", watch.id)
             : "";
}

} // namespace regtrail::parse
