// Word breaks of Japanese, Chinese and Korean runs, by ICU.
#include "diff/words/words_internal.hpp"

#include <memory>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

namespace regtrail::diff::words {
namespace {

std::vector<std::size_t> every_character(std::string_view run) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 1; i <= run.size(); ++i) {
    if (i == run.size() || (static_cast<unsigned char>(run[i]) & 0xC0U) != 0x80) {
      ends.push_back(i);
    }
  }
  return ends;
}

icu::BreakIterator* word_breaks() {
  static thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getJapanese(), status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  return breaks.get();
}

} // namespace

std::vector<std::size_t> cjk_word_ends(std::string_view run) {
  icu::BreakIterator* breaks = word_breaks();
  UErrorCode status = U_ZERO_ERROR;
  UText* utext =
      utext_openUTF8(nullptr, run.data(), static_cast<std::int64_t>(run.size()), &status);
  if (breaks == nullptr || U_FAILURE(status)) {
    utext_close(utext);
    return every_character(run);
  }
  breaks->setText(utext, status);
  std::vector<std::size_t> ends;
  for (auto end = breaks->next(); end != icu::BreakIterator::DONE && U_SUCCESS(status);
       end = breaks->next()) {
    ends.push_back(static_cast<std::size_t>(end));
  }
  utext_close(utext);
  if (ends.empty() || ends.back() != run.size()) {
    return every_character(run);
  }
  return ends;
}

} // namespace regtrail::diff::words
