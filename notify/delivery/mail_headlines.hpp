// What a topic of a mail is called, and how it stands.
#pragma once

#include "notify/delivery/mail_topics.hpp"
#include "notify/delivery/mail_words.hpp"

#include <string>
#include <vector>

namespace regtrail::delivery {

struct TopicWords {
  std::string headline;          ///< the consequence, two lines
  std::string brief;             ///< the same for a list
  std::string fact;              ///< the same for a subject: names no partner
  std::vector<std::string> lead; ///< sentences
};

/// Of a topic whose hits say nothing of the register (`Topic::hits` empty) only what the law does.
[[nodiscard]] TopicWords
topic_words(const Topic& topic, const DigestInput& input, const Speaker& speak);

/// "in force from Nov 20", "規則案・意見募集 12月21日まで"; "" where nothing can be said.
[[nodiscard]] std::string standing_words(const Topic& topic, const Speaker& speak);

/// "Tightened", "強化と緩和"; "" where no direction is known.
[[nodiscard]] std::string direction_words(const Topic& topic, const Speaker& speak);

/// "最終規則「…」", "91 FR 60106", "§744.23": what the topic is without its consequence.
[[nodiscard]] std::string topic_name(const Topic& topic, const Speaker& speak);

/// The rows of party lists that the topic adds or removes, also those that hit nobody.
[[nodiscard]] std::vector<const Change*> whole_parties(const Topic& topic);

} // namespace regtrail::delivery
