#include "store/dictionary_internal.hpp"

#include <fmt/format.h>

namespace regtrail::store {

namespace {

/// Unpacked in some milliseconds; parts of the EAR are smaller.
constexpr std::int64_t largest_dictionary = std::int64_t{8} << 20U;

} // namespace

std::optional<std::int64_t> BodyDictionaries::suitable(std::int64_t body) {
  Query query = m_database.query("SELECT k.id, k.size FROM raw_bodies b JOIN raw_bodies k "
                                 "ON k.id = ifnull(b.keyframe, b.id) WHERE b.id = ?",
                                 body);
  if (!query.next() || query.integer(1) > largest_dictionary || query.integer(1) == 0) {
    return std::nullopt;
  }
  return query.integer(0);
}

std::string
BodyDictionaries::compress(std::string_view bytes, std::int64_t dictionary, std::string_view more) {
  use(dictionary, more);
  if (!m_tables) {
    m_tables = m_zstd.dictionary(*m_text);
  }
  return m_zstd.compress(bytes, *m_tables);
}

std::string BodyDictionaries::decompress(std::string_view data,
                                         std::size_t size,
                                         std::int64_t dictionary,
                                         std::string_view more) {
  use(dictionary, more);
  return m_zstd.decompress(data, size, *m_text);
}

void BodyDictionaries::forget() {
  m_body.reset();
  m_text.reset();
  m_tables.reset();
}

void BodyDictionaries::use(std::int64_t body, std::string_view more) {
  if (m_body == body && m_more == more.size() && m_text->ends_with(more)) {
    return;
  }
  forget();
  m_text = m_bodies.get(body);
  if (!more.empty()) {
    m_text = std::make_shared<const std::string>(fmt::format("{}{}", *m_text, more));
  }
  m_body = body;
  m_more = more.size();
}

} // namespace regtrail::store
