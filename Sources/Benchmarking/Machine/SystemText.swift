import Stores

/// Small texts in which Linux tells about itself.
enum SystemText {
  /// Far more than any of them has.
  private static let limit = 1 << 24

  /// The text at `path`; empty where there is none.
  static func read(_ path: String) -> String {
    let bytes = try? FileReader.contents(ofFile: path, limit: limit)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
