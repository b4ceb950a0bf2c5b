import Artifacts

/// What a file calls its rows, or its columns.
enum SignalLabels: Sendable, Equatable {
  case none
  /// Whole numbers, which may count bars or name strategies.
  case numbers([String])
  case names([String])
  /// Times in microseconds since 1970, with their spelling.
  case times([Int64], [String])

  /// The kind of `texts`.
  ///
  /// - Parameters:
  ///   - isTime: whether the file says that they are times.
  ///   - name: what messages call them.
  ///   - lines: the line of each; empty where there are none.
  ///   - settings: what the user says of times.
  /// - Throws: ``SignalsFault`` for a time that cannot be read.
  init(
    _ texts: [String], isTime: Bool, name: String, lines: [Int], settings: TimeSettings
  ) throws(SignalsFault) {
    guard let first = texts.first else {
      self = .none
      return
    }
    let areNumbers = texts.allSatisfy { Int($0) != nil }
    if areNumbers, Self.count(texts) {
      self = .numbers(texts)
    } else if isTime || Self.isTime(first) {
      self = .times(try Self.times(texts, name: name, lines: lines, settings), texts)
    } else {
      self = areNumbers ? .numbers(texts) : .names(texts)
    }
  }

  /// The labels as they are spelled; `nil` where there are none.
  var texts: [String]? {
    switch self {
    case .none: nil
    case .numbers(let texts), .names(let texts), .times(_, let texts): texts
    }
  }

  subscript(range: Range<Int>) -> SignalLabels {
    switch self {
    case .none: .none
    case .numbers(let texts): .numbers(Array(texts[range]))
    case .names(let texts): .names(Array(texts[range]))
    case .times(let times, let texts): .times(Array(times[range]), Array(texts[range]))
    }
  }

  /// Whether they go on by one from a number that no time begins with.
  private static func count(_ texts: [String]) -> Bool {
    guard let first = Int(texts[0]), abs(first) < 10_000 || texts.count == 1 && abs(first) < 1_000_000 else {
      return false
    }
    return texts.indices.allSatisfy { Int(texts[$0]) == first + $0 }
  }
}
