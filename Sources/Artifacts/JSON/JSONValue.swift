/// A JSON value that is put together as it is written, for documents whose members depend on what there is to say.
///
/// Numbers that are not finite become `null`, as with ``Measure``.
public enum JSONValue: Encodable, Equatable, Sendable {
  case number(Double)
  case integer(Int)
  case text(String)
  case flag(Bool)
  case list([JSONValue])
  case object([String: JSONValue])
  case null

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(Measure(value))
    case .integer(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    case .null: try container.encodeNil()
    }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }

  public init(arrayLiteral elements: JSONValue...) {
    self = .list(elements)
  }

  public init(stringLiteral value: String) {
    self = .text(value)
  }
}
