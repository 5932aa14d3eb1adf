// What today's law says of entries of the register, in words and as JSON.
#pragma once

#include "cli/json_text.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"
#include "model/register.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

struct EntryAnswers {
  std::string text;
  Json json; ///< null where the archive cannot answer; `text` then says what to run
};

/// Which of the products' ECCNs the law has, which changed in twelve months, and which figures are
/// inside or outside of the limits of their paragraphs.
Result<EntryAnswers> answer(Session& session, const std::vector<Product>& products);

/// Which of the parties bear a name like one on a list of part 744.
Result<EntryAnswers> answer(Session& session, const std::vector<Party>& parties);

/// Which of the places that the procedures cite the law has.
Result<EntryAnswers> answer(Session& session, const std::vector<Procedure>& procedures);

} // namespace regtrail::cli
