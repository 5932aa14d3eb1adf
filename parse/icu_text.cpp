#include "model/characters.hpp"
#include "model/country.hpp"
#include "model/phrases.hpp"
#include "parse/icu_text_internal.hpp"

#include <array>
#include <map>
#include <memory>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <utility>

namespace regtrail::parse {

namespace {

icu::UnicodeString normal_form(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFKCInstance(error);
  const auto unicode = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const auto folded = form->normalize(unicode, error);
  return U_SUCCESS(error) ? folded : unicode;
}

/// Names in use that neither ICU nor the law gives.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> further_names{{
    {"america", "US"},
    {"u.s.", "US"},
    {"united states of america", "US"},
    {"アメリカ", "US"},
    {"great britain", "GB"},
    {"u.k.", "GB"},
    {"イギリス", "GB"},
    {"p.r. china", "CN"},
    {"mainland china", "CN"},
    {"中華人民共和国", "CN"},
    {"中国本土", "CN"},
    {"中国大陸", "CN"},
    {"大韓民国", "KR"},
    {"dprk", "KP"},
    {"taiwan, r.o.c.", "TW"},
    {"r.o.c.", "TW"},
    {"中華民国", "TW"},
    {"holland", "NL"},
    {"the netherlands", "NL"},
    {"ビルマ", "MM"},
    {"iran, islamic republic of", "IR"},
    {"syrian arab republic", "SY"},
    {"lao people's democratic republic", "LA"},
    {"ivory coast", "CI"},
    {"swaziland", "SZ"},
    {"macedonia", "MK"},
    {"ドイツ連邦共和国", "DE"},
    {"独国", "DE"},
    {"仏国", "FR"},
    {"豪州", "AU"},
    {"印度", "IN"},
    {"日本国", "JP"},
    {"泰国", "TH"},
}};

std::map<std::string, std::string> countries() {
  std::map<std::string, std::string> codes;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    codes.emplace(lowered(*code), *code);
    codes.emplace(lowered(country.getISO3Country()), *code);
    for (const auto& language : {icu::Locale::getEnglish(), icu::Locale::getJapanese()}) {
      icu::UnicodeString shown;
      std::string name;
      country.getDisplayCountry(language, shown).toUTF8String(name);
      codes.emplace(name_key(name), *code);
    }
  }
  for (const Country& country : regtrail::countries()) {
    for (const auto name : split(country.names, '|')) {
      codes.emplace(name_key(name), country.code);
    }
    codes.emplace(name_key(country.ja), country.code);
  }
  for (const auto& [name, code] : further_names) {
    codes.emplace(name_key(name), code);
  }
  return codes;
}

} // namespace

std::optional<std::string> to_utf8(std::string_view bytes, const char* converter) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> opened(ucnv_open(converter, &error),
                                                                  ucnv_close);
  ucnv_setToUCallBack(opened.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) {
    return std::nullopt;
  }
  const icu::UnicodeString text(
      bytes.data(), static_cast<std::int32_t>(bytes.size()), opened.get(), error);
  if (U_FAILURE(error)) {
    return std::nullopt;
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::string folded_widths(std::string_view text) {
  auto unicode = normal_form(text);
  unicode.trim();
  std::string folded;
  unicode.toUTF8String(folded);
  return folded;
}

std::string name_key(std::string_view text) {
  const auto unicode = normal_form(text).toLower(icu::Locale::getRoot());
  icu::UnicodeString letters;
  for (std::int32_t i = 0; i < unicode.length();) {
    const UChar32 c = unicode.char32At(i);
    i += U16_LENGTH(c);
    // The sign of long vowels is a letter (Lm).
    if (u_isalnum(c) != 0) {
      letters.append(c);
    }
  }
  std::string key;
  letters.toUTF8String(key);
  return key;
}

std::optional<std::string> country_code(std::string_view text) {
  static const std::map<std::string, std::string> codes = countries();
  const auto found = codes.find(name_key(text));
  return found == codes.end() ? std::nullopt : std::optional(found->second);
}

} // namespace regtrail::parse
