/// What a field without arguments decodes.
package struct NoInput: Decodable {}
