/// Work that can be done again and again on input that is in memory.
struct Subject {
  /// Does the work; what it returns puts the result into numbers, which is not part of the work.
  let run: () throws -> () -> [String: [Double]]
  /// What the work is given besides what others have too.
  var given: () -> [Double] = { [] }

  static func named(_ name: String, _ arguments: Arguments) throws -> Subject {
    switch name {
    case "crosses": try crosses(arguments)
    case "linear": try linear(arguments)
    case "signals": try signals(arguments)
    case "spa": try superiorAbility(arguments)
    case "splits": try splits(arguments)
    default: fatalError("\(name): found no such case, needed crosses, linear, signals, spa or splits")
    }
  }
}
