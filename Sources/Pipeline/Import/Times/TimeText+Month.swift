/// The names of months in the languages of the larger exchanges that write Latin letters.
enum MonthName {
  /// A month, counted from 1, and whether English calls it so.
  struct Found {
    let month: Int
    let isEnglish: Bool
  }

  private static let english = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  /// Months of other languages, with all names of one in a word list, without accents.
  private static let others: [String] = [
    "januar janner jaenner janvier enero gennaio janeiro januari",
    "februar feber fevrier febrero febbraio fevereiro februari",
    "marz maerz mrz mars marzo marco maart mrt",
    "april avril abril aprile",
    "mai mayo maggio maio mei",
    "juni juin junio giugno junho",
    "juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "dezember decembre diciembre dicembre dezembro december",
  ]

  /// Names whole or by their first letters, three at least, as ``key(_:)`` has them. Letters that begin the names of
  /// two months, as in `jui`, are none.
  private static let known: [UInt64: Found] = {
    var known: [UInt64: Found] = [:]
    var ambiguous: Set<UInt64> = []
    for (index, name) in english.enumerated() {
      for key in beginnings(name) { known[key] = Found(month: index + 1, isEnglish: true) }
    }
    for (index, names) in others.enumerated() {
      for key in names.split(separator: " ").flatMap({ beginnings($0) }) {
        if known[key].map({ $0.month != index + 1 }) ?? false { ambiguous.insert(key) }
        known[key] = known[key] ?? Found(month: index + 1, isEnglish: false)
      }
    }
    for key in ambiguous { known[key] = nil }
    return known
  }()

  private static func beginnings(_ name: some StringProtocol) -> [UInt64] {
    (3...name.utf8.count).map { length in name.utf8.prefix(length).reduce(0) { key($0, $1) } }
  }

  /// The key of letters from that of all but the last; twelve letters have room, which is more than any name has.
  static func key(_ key: UInt64, _ letter: UInt8) -> UInt64 { key << 5 | UInt64(letter & 0x1F) }

  /// The month of a key; `nil` for other letters.
  static func month(_ key: UInt64) -> Found? { known[key] }

  /// Whether some language other than English calls a month by this word.
  static func isForeign(_ word: some StringProtocol) -> Bool {
    let text = Array(word.utf8)
    var rest = TimeText(text.span, from: 0, to: text.count)
    return rest.monthName().map { !$0.isEnglish && rest.isAtEnd } ?? false
  }
}

extension TimeText {
  /// Takes the name of a month, whole or its first letters, in any case, with or without accents.
  mutating func month() -> Int? { monthName()?.month }

  /// The same, with whether it is English.
  ///
  /// A point that shortens the name is taken where something else separates what follows: `janv.-90`.
  mutating func monthName() -> MonthName.Found? {
    var rest = self
    var key: UInt64 = 0
    var letters = 0
    while let letter = rest.plainLetter() {
      key = MonthName.key(key, letter)
      letters += 1
    }
    guard (3...12).contains(letters), let found = MonthName.month(key) else { return nil }
    self = rest
    if byte(after: 0) == UInt8(ascii: "."), [0, 0x20, 0x2C, 0x2D, 0x2F].contains(byte(after: 1)) { drop(1) }
    return found
  }

  /// Takes the word that joins day, month and year in `2 de enero de 2020`.
  mutating func skipOf() {
    _ = skip(anyOfWords: ["de ", "De ", "DE "])
  }

  /// Takes a letter, in lower case and without its mark, in UTF-8 or, as old spreadsheets save it, in ISO 8859-1.
  private mutating func plainLetter() -> UInt8? {
    let first = byte(after: 0)
    let next = byte(after: 1)
    let isPair = (0x80...0xBF).contains(next)
    var letter = first | 0x20
    if Self.isLetter(first) {
      drop(1)
    } else {
      let wide = first == 0xC3 && isPair ? next + 0x40 : first >= 0xC0 && !isPair ? first : 0
      guard let base = Self.base(of: wide) else { return nil }
      letter = base
      drop(isPair ? 2 : 1)
    }
    // A mark may be a character of its own.
    if byte(after: 0) == 0xCC, (0x80...0xBF).contains(byte(after: 1)) { drop(2) }
    return letter
  }

  /// The letter under the mark, by its number in ISO 8859-1.
  private static func base(of letter: UInt8) -> UInt8? {
    switch letter | 0x20 {
    case 0xE0...0xE5: UInt8(ascii: "a")
    case 0xE7: UInt8(ascii: "c")
    case 0xE8...0xEB: UInt8(ascii: "e")
    case 0xF9...0xFC: UInt8(ascii: "u")
    default: nil
    }
  }
}
