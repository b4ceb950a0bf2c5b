/// Something about a file's bars that the user should hear, in one line.
public struct DataNote: Codable, Equatable, Sendable {
  /// What it is about, in a word.
  public let topic: String
  /// What there is to say.
  public let text: String

  /// See the properties of the same names.
  public init(_ topic: String, _ text: String) {
    self.topic = topic
    self.text = text
  }
}
