// Conversations in the window: there where people write to each other, as they are at the cursor.
#include "gui/conversation_page.h"
#include "sim/draw/conversation_lists.h"
#include "tests/gui/story.h"

#include <QComboBox>

namespace cleave::gui {
namespace {

constexpr const char* kFriends = "scenarios/tutorial/02-first-conversation.yaml";

const QLabel& agreement(Story& story) {
  static const QLabel kNone;
  for (const QLabel* label : story.window.findChildren<QLabel*>())
    if (label->accessibleName() == "Whether all devices show the same") return *label;
  ADD_FAILURE() << "nobody says whether all show the same";
  return kNone;
}

TEST(Conversation, is_open_where_people_write_and_absent_elsewhere) {
  Story friends(kFriends);
  EXPECT_TRUE(friends.window.findChild<ConversationPage*>()->isVisible());
  Story without(kFirstCut);
  EXPECT_FALSE(without.window.findChild<ConversationPage*>()->isVisible());
}

TEST(Conversation, follows_the_cursor_there_and_back) {
  Story story(kFriends);
  const std::size_t all = [&] {
    story.go_to(Time{69'000'000'000});
    return story.picture("Conversation").shown().drawing.spots.size();
  }();
  EXPECT_EQ(agreement(story).text(), "the same on all 12 devices");
  story.go_to(Time{24'000'000'000});
  EXPECT_EQ(agreement(story).text(), "3 messages not everywhere");
  story.go_to(Time{1'000'000'000});
  EXPECT_TRUE(story.picture("Conversation").shown().drawing.spots.empty());
  story.go_to(Time{69'000'000'000});
  EXPECT_EQ(story.picture("Conversation").shown().drawing.spots.size(), all);
}

TEST(Conversation, is_the_one_that_is_chosen) {
  Story story(kFriends);
  story.go_to(Time{69'000'000'000});
  QComboBox* names = nullptr;
  for (QComboBox* box : story.window.findChildren<QComboBox*>())
    if (box->accessibleName() == "Which conversation") names = box;
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(names->currentText(), "friends");
  Q_EMIT names->activated(names->findText("ana and bo"));
  EXPECT_EQ(agreement(story).text(), "the same on all 4 devices");
}

TEST(Conversation, leads_to_where_a_message_was_shown) {
  Story story(kFriends);
  story.go_to(Time{69'000'000'000});
  const draw::Target shown = story.picture("Conversation").shown().drawing.spots.front().target;
  story.and_wait([&] { story.stage().go_to(shown); });
  EXPECT_EQ(story.state().look().event, EventId{shown.a});
}

}  // namespace
}  // namespace cleave::gui
