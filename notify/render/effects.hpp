// What a document makes of the text in force: `doc --effect`.
#pragma once

#include "model/document.hpp"
#include "model/item.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

[[nodiscard]] std::string effects_json(const Document& document,
                                       const std::vector<Effect>& effects);

[[nodiscard]] std::string effects_text(const Document& document,
                                       const std::vector<Effect>& effects,
                                       const TerminalStyle& style);

} // namespace regtrail::render
