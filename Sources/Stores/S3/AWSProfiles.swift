/// The settings by profile that AWS's tools keep in `~/.aws/config` and `~/.aws/credentials`.
struct AWSProfiles: Sendable, Equatable {
  /// Settings by the name of the profile and their own, in lower case.
  private(set) var settings: [String: [String: String]] = [:]

  /// No file of settings has more.
  static let largestFile = 1 << 20

  /// Reads the text of a file.
  ///
  /// - Parameter isConfig: whether profiles but the default one are headed `[profile NAME]`.
  init(_ text: String, isConfig: Bool) {
    var profile: String?
    for line in text.split(whereSeparator: \.isNewline) {
      // What is indented belongs to a setting of settings, none of which matters here.
      guard let first = line.first, !first.isWhitespace, first != "#", first != ";" else { continue }
      if first == "[" {
        profile = Self.profile(heading: line.dropFirst().prefix { $0 != "]" }, isConfig: isConfig)
      } else if let profile, let equals = line.firstIndex(of: "=") {
        let name = Self.trimmed(line[..<equals]).lowercased()
        settings[profile, default: [:]][name] = Self.value(line[line.index(after: equals)...])
      }
    }
  }

  /// The setting `name` of `profile`.
  subscript(profile: String, name: String) -> String? {
    settings[profile]?[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The profile that a heading begins; `nil` for headings of something else.
  private static func profile(heading: Substring, isConfig: Bool) -> String? {
    let words = heading.split(whereSeparator: \.isWhitespace).map(String.init)
    guard isConfig else { return words.joined(separator: " ") }
    if words == ["default"] { return "default" }
    return words.first == "profile" && words.count > 1 ? words.dropFirst().joined(separator: " ") : nil
  }

  /// A value without a comment, which needs a space before it.
  private static func value(_ text: Substring) -> String {
    var value = Substring()
    var last: Character = " "
    for character in text {
      if last.isWhitespace, character == "#" || character == ";" { break }
      value.append(character)
      last = character
    }
    return trimmed(value)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
