import Artifacts
import Stores

/// A document of JSON that was read back, for tests that compare its parts.
struct ReadJSON: Decodable {
  let value: JSONValue

  /// A member that is not there.
  struct Missing: Error {
    let path: String
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      value = .null
    } else if let flag = try? container.decode(Bool.self) {
      value = .flag(flag)
    } else if let whole = try? container.decode(Int.self) {
      value = .integer(whole)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let text = try? container.decode(String.self) {
      value = .text(text)
    } else if let list = try? container.decode([ReadJSON].self) {
      value = .list(list.map(\.value))
    } else {
      value = .object(try container.decode([String: ReadJSON].self).mapValues(\.value))
    }
  }
}

extension JSONValue {
  /// What an artifact holds.
  static func read(_ key: String, in store: some ArtifactStore) throws -> JSONValue {
    try JSONDocument.decode(ReadJSON.self, from: try store.get(key), document: key).value
  }

  /// The member at `path`, whose names have points between.
  func at(_ path: String) throws -> JSONValue {
    try path.split(separator: ".").reduce(self) { value, name in
      switch value {
      case .object(let members):
        guard let member = members[String(name)] else { throw ReadJSON.Missing(path: path) }
        return member
      case .list(let values):
        guard let index = Int(name), values.indices.contains(index) else {
          throw ReadJSON.Missing(path: path)
        }
        return values[index]
      default: throw ReadJSON.Missing(path: path)
      }
    }
  }

  /// The number at `path`, NaN where it is null.
  func number(_ path: String) throws -> Double {
    switch try at(path) {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .null: .nan
    default: throw ReadJSON.Missing(path: path)
    }
  }

  /// The whole number at `path`.
  func count(_ path: String) throws -> Int {
    guard case .integer(let value) = try at(path) else { throw ReadJSON.Missing(path: path) }
    return value
  }

  /// The text at `path`.
  func text(_ path: String) throws -> String {
    guard case .text(let value) = try at(path) else { throw ReadJSON.Missing(path: path) }
    return value
  }

  /// Every number in it with the path that leads there, nulls as NaN.
  func numbers(_ path: String = "") -> [(path: String, value: Double)] {
    switch self {
    case .object(let members): members.flatMap { $1.numbers(path.isEmpty ? $0 : "\(path).\($0)") }
    case .list(let values): values.enumerated().flatMap { $1.numbers("\(path).\($0)") }
    case .number(let value): [(path, value)]
    case .integer(let value): [(path, Double(value))]
    case .null: [(path, .nan)]
    case .text, .flag: []
    }
  }
}
