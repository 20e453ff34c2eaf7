// Whether a text is well-formed, as far as our own writers could get it wrong: tags that close in
// order, attributes in quotes and once each, text without bare & and <. Empty: no trouble found.
#pragma once
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::draw {

class XmlCheck {
 public:
  explicit XmlCheck(std::string_view text) : text_(text) {}

  std::string trouble() {
    while (at_ < text_.size() && trouble_.empty()) {
      if (text_[at_] == '<')
        tag();
      else
        character('<');
    }
    if (trouble_.empty() && !open_.empty()) complain("never closed: " + open_.back());
    return trouble_;
  }

 private:
  void complain(const std::string& what) {
    trouble_ = what + " at " + std::to_string(at_) + ": " + std::string(text_.substr(at_, 60));
  }
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                  text_[at_] == '-' || text_[at_] == ':'))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  void character(char end) {
    if (text_[at_] == '&') {
      bool known = false;
      for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;"})
        known = known || text_.substr(at_, entity.size()) == entity;
      if (!known) return complain("a bare &");
    } else if (text_[at_] == '<' && end == '"') {
      return complain("< in an attribute");
    }
    ++at_;
  }
  void tag() {
    if (text_.substr(at_, 2) == "<?" || text_.substr(at_, 2) == "<!") {
      at_ = text_.find('>', at_) + 1;
      return;
    }
    const bool closes = text_.substr(at_, 2) == "</";
    at_ += closes ? 2 : 1;
    const std::string tag_name = name();
    if (tag_name.empty()) return complain("a tag without name");
    if (closes) {
      if (open_.empty() || open_.back() != tag_name) return complain("closes " + tag_name);
      open_.pop_back();
    } else {
      attributes();
      if (!trouble_.empty()) return;
      const bool alone = text_[at_] == '/';
      at_ += alone ? 1 : 0;
      if (!alone) open_.push_back(tag_name);
    }
    if (at_ >= text_.size() || text_[at_] != '>') return complain("no end of a tag");
    ++at_;
  }
  void attributes() {
    std::set<std::string> seen;
    while (at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
      const std::string attribute = name();
      if (attribute.empty() || !seen.insert(attribute).second) return complain("an attribute");
      if (text_.substr(at_, 2) != "=\"") return complain("no value");
      at_ += 2;
      while (at_ < text_.size() && text_[at_] != '"' && trouble_.empty())
        character('"');
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string trouble_;
};

inline std::string trouble_with_xml(std::string_view text) {
  return XmlCheck(text).trouble();
}

}  // namespace cleave::draw
