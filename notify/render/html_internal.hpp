// The frame of a page and the phrases that the diff page and the comparison table share.
#pragma once

#include "model/change.hpp"
#include "notify/render/html.hpp"
#include "notify/render/summary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

[[nodiscard]] std::string
page_begin(const DiffResult& diff, Language language, std::string_view kind);

/// The end of a page: status events, source notes, what was left out, what was not
/// understood; before it, where `groups` is empty, that no text changed.
[[nodiscard]] std::string
page_end(const DiffResult& diff, const std::vector<ChangeGroup>& groups, Language language);

/// The changes other than cosmetic ones, grouped.
[[nodiscard]] std::vector<ChangeGroup> substantive_groups(const DiffResult& diff);

/// "typed; cause; confidence" of a change as plain lines, unknown said.
[[nodiscard]] std::vector<std::string> remark_lines(const Change& change, Language language);

/// Status events, source notes, what was left out, what was not understood: a line each.
[[nodiscard]] std::vector<std::string> closing_lines(const DiffResult& diff, Language language);

} // namespace regtrail::render
