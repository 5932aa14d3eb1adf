// The reader behind read_sentences: pieces of an instruction from left to right.
#pragma once

#include "federal_register/instruction/clauses.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

class SentenceReader {
public:
  SentenceReader(Cursor cursor, Context& context)
      : m_cursor(cursor),
        m_context(context),
        m_places(context),
        m_level_base(context.base) {}

  Sentences read();

private:
  bool step();
  bool skip_connector();
  bool read_enumerator();
  bool read_passive_clause();
  bool read_second_participle();
  bool read_active_clause();
  bool read_as();
  bool read_annotation();
  bool read_location();
  bool read_quoted_words();
  bool read_quoted_subject();
  bool read_objects();

  void open(Verb verb);
  void open_by();
  static void place_beside(Clause& made, const Target& beside);
  void set_base(const std::vector<Target>& places);
  void continue_in_unit(const std::vector<Target>& places);
  [[nodiscard]] bool is_for_what_follows(Cursor ahead);
  [[nodiscard]] bool words_and_verb_follow(Cursor ahead);
  void attach_location(const Places& located, std::string_view preposition);
  [[nodiscard]] bool verb_follows(Cursor ahead) const;

  [[nodiscard]] Clause* clause() {
    return m_closed || m_result.clauses.empty() ? nullptr : &m_result.clauses.back();
  }

  Cursor m_cursor;
  Context& m_context;
  PlaceReader m_places;
  Sentences m_result;
  std::vector<Target> m_level_base;
  std::vector<std::string> m_numbers;
  std::vector<std::vector<Target>> m_number_bases;
  bool m_closed = true;        ///< the last clause takes no more objects
  bool m_chained = false;      ///< the last thing read was a location in front of a verb
  bool m_joined = false;       ///< "and" or a comma stands right in front
  bool m_by = false;           ///< "by" stands right in front
  std::size_t m_last_list = 0; ///< where the objects read last begin in their clause
  std::size_t m_placed = 0;    ///< how many objects of the clause have their location
  std::string m_subject_note;
  bool m_subject_reserved = false;
  std::string m_pending_note; ///< said in front of any verb
};

} // namespace regtrail::federal_register::instruction_detail
