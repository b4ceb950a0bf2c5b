import Stores

/// A store that hands on to another one what it does not do itself.
protocol ForwardingStore: ArtifactStore {
  associatedtype Target: ArtifactStore
  var store: Target { get }
}

extension ForwardingStore {
  @discardableResult
  func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary { try store.put(key, writing: body) }
  func get(_ key: String) throws -> [UInt8] { try store.get(key) }
  func head(_ key: String) throws -> ArtifactSummary? { try store.head(key) }
  func list(prefix: String) throws -> [String] { try store.list(prefix: prefix) }
  func remove(_ key: String) throws { try store.remove(key) }
}
