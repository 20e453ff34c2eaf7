// What people saw of their conversations, as the text report tells it: who wrote what, when it was
// everywhere, in what order devices saw it, and what was late, lost or shown twice.
#pragma once
#include "sim/report/page.h"
#include "sim/scenario/conversation_result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cleave {

// "family, ana, bo and cy on 6 devices: 12 messages, each on all of them; the same order on all
// since 43.2 s"
std::string sentence(const ConversationResult& conversation);
// How long until it was everywhere: "310 ms", "14.2 s, cy/phone last"; "not on cy/phone", "given
// up"
std::string arrival(const MessageResult& message);
// In which order devices saw messages first, or show them in the end; those with the same together,
// most first: "1 2 3 on 11 devices", "1 3 2 on cy/phone".
enum class Order : std::uint8_t { seen, shown };
std::vector<std::string> orders(const ConversationResult& conversation, Order order);

void write_conversations(Page& page, const std::vector<ConversationResult>& conversations);

}  // namespace cleave
