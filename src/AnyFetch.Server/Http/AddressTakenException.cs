using System.Net.Sockets;

namespace AnyFetch.Server.Http;

/// <summary>An address that the server is to listen on is not free, or not this machine's.</summary>
public sealed class AddressTakenException(string message, SocketException inner) : Exception(message, inner);
