/// Which columns hold what, as `--columns` says: `time=Date,close=Last`, `time=1,close=5`, or for a file without a
/// header `time,open,high,low,close`, in order.
struct ColumnChoices: Sendable, Equatable {
  /// What a column may hold.
  enum Role: String, Sendable, CaseIterable {
    case date, time, open, high, low, close, adjusted, volume, symbol
  }

  /// Where a column is.
  enum Place: Sendable, Equatable {
    case name(String)
    /// Counted from 0.
    case index(Int)
  }

  private(set) var places: [Role: Place] = [:]
  /// Whether the roles are given in the order of the columns, so that there is no need of a header.
  private(set) var isInOrder = false

  /// Nothing.
  init() {}

  /// What the option says.
  ///
  /// - Throws: ``ConfigurationError``.
  init(_ text: String) throws(ConfigurationError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { ImportText.trimmed($0) }
    isInOrder = !text.contains("=")
    for (index, part) in parts.enumerated() {
      if isInOrder, part.isEmpty || part == "-" { continue }
      let name = isInOrder ? part : ImportText.trimmed(part.prefix { $0 != "=" })
      guard let role = Role(rawValue: name.lowercased()) else {
        throw .unknownName(option: "columns", found: name, known: Role.allCases.map(\.rawValue))
      }
      let value =
        isInOrder
        ? String(index + 1) : ImportText.trimmed(part.dropFirst(part.prefix { $0 != "=" }.count + 1))
      if places[role] != nil || value.isEmpty || value == "0" {
        throw .outOfRange(
          option: "columns", found: "\"\(part)\"",
          needed: "each of them once, such as time=Date,close=Last or time=1,close=5")
      }
      places[role] = Int(value).map { .index($0 - 1) } ?? .name(value)
    }
    let range = [Role.open, .high, .low].filter { places[$0] != nil }
    guard range.isEmpty || range.count == 3, places[.close] != nil || range.isEmpty else {
      throw .outOfRange(
        option: "columns", found: "\"\(text)\"", needed: "open, high, low and close together, or close alone")
    }
  }

  /// Whether the user names the prices, so that no other is used.
  var givesPrices: Bool { places[.close] != nil }

  /// The column of `role` among `names`; `nil` if the option does not give it.
  ///
  /// - Throws: ``BarsFault/noColumn(option:found:)`` if there is none of that name or number.
  func column(_ role: Role, names: [String]) throws(BarsFault) -> MarketColumns.Column? {
    switch places[role] {
    case nil: return nil
    case .index(let index):
      guard names.indices.contains(index) else {
        throw .noColumn(option: "--columns \(role.rawValue)=\(index + 1)", found: names)
      }
      let name = names[index]
      return MarketColumns.Column(name: name.isEmpty ? role.rawValue : name, index: index)
    case .name(let name):
      let wanted = FieldName.plain(name)
      guard
        let index = names.firstIndex(of: name)
          ?? (wanted.isEmpty ? nil : names.firstIndex { FieldName.plain($0) == wanted })
      else { throw .noColumn(option: "--columns \(role.rawValue)=\(name)", found: names) }
      return MarketColumns.Column(name: names[index], index: index)
    }
  }

  /// Whether all columns that the option gives by name are among `names`.
  func areNamed(in names: [String]) -> Bool {
    places.values.allSatisfy { place in
      guard case .name(let name) = place else { return true }
      return names.contains { $0 == name || FieldName.plain($0) == FieldName.plain(name) }
    }
  }

  /// Whether some column is given by its name, which takes a header.
  var hasNames: Bool { places.values.contains { if case .name = $0 { true } else { false } } }
}
