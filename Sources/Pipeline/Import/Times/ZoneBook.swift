import Artifacts
import Stores

/// The zones that a file's times name, read from the system's copy of the IANA database as they occur.
struct ZoneBook: Sendable {
  /// Where systems keep the database.
  private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]
  /// The largest file of the database has some thousand bytes.
  private static let largestFile = 1 << 20

  /// The clock of times without a zone; `nil` for UTC.
  private(set) var home: ZoneRules?
  private var known: [String: ZoneRules?] = [:]
  private var last: (name: String, rules: ZoneRules)?

  init() {}

  /// A book whose times without a zone are those of the zone `name`.
  ///
  /// - Throws: ``ConfigurationError``.
  init(home name: String) throws(ConfigurationError) {
    guard let rules = Self.rules(name) else {
      throw .outOfRange(
        option: "time-zone", found: "\"\(name)\"",
        needed: Self.isInstalled
          ? "UTC, an offset such as +01:00, or a zone of the IANA database such as America/New_York"
          : "UTC or an offset such as +01:00, as this system lacks the IANA database (package tzdata)")
    }
    home = rules
  }

  /// The rules of the zone that a cell names; `nil` if nothing is known of it.
  mutating func rules(named name: String) -> ZoneRules? {
    if let last, last.name == name { return last.rules }
    // The letters of the zone that the user names mean what they mean there: CST in Chicago or in Shanghai.
    let found =
      home?.abbreviations[name].map { ZoneRules(offset: $0) } ?? known[name] ?? Self.rules(name)
    known[name] = .some(found)
    if let found { last = (name, found) }
    return found
  }

  /// The rules of a zone's name, its letters or an offset.
  private static func rules(_ name: String) -> ZoneRules? {
    if let offset = letters[name.uppercased()] { return ZoneRules(offset: Int64(offset) * 60) }
    let bytes = Array(name.utf8)
    var text = TimeText(bytes.span, from: 0, to: bytes.count)
    if case .offset(let offset)? = text.zone(), text.isAtEnd { return ZoneRules(offset: offset / 1_000_000) }
    return database(name)
  }

  /// Letters that have one meaning, in minutes ahead of UTC. Those of two, as CST, IST and BST, are left out.
  private static let letters: [String: Int] = [
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "HST": -600, "AKST": -540, "AKDT": -480, "JST": 540, "KST": 540, "HKT": 480,
    "SGT": 480,
    "AWST": 480, "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "SAST": 120, "PKT": 300,
    "WIB": 420,
  ]

  private static var isInstalled: Bool { database("Europe/London") != nil }

  private static func database(_ name: String) -> ZoneRules? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy {
          TimeText.isLetter($0) || TimeText.isDigit($0) || [0x5F, 0x2D, 0x2B].contains($0)
        }
    }
    guard isName, name.utf8.count <= 64 else { return nil }
    for folder in folders {
      guard let bytes = try? FileReader.contents(ofFile: "\(folder)/\(name)", limit: largestFile),
        let rules = try? ZoneRules(bytes)
      else { continue }
      return rules
    }
    return nil
  }
}
