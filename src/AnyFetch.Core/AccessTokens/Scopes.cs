namespace AnyFetch.Core.AccessTokens;

/// <summary>What a token may do: <c>{read,write,delete}_{…}</c>, 18 values (auth-and-tenancy §2.2).</summary>
[Flags]
public enum Scopes
{
    None = 0,
    ReadDocuments = 1 << 0,
    WriteDocuments = 1 << 1,
    DeleteDocuments = 1 << 2,
    ReadDocumentTypes = 1 << 3,
    WriteDocumentTypes = 1 << 4,
    DeleteDocumentTypes = 1 << 5,
    ReadUsers = 1 << 6,
    WriteUsers = 1 << 7,
    DeleteUsers = 1 << 8,
    ReadCompanies = 1 << 9,
    WriteCompanies = 1 << 10,
    DeleteCompanies = 1 << 11,
    ReadTokens = 1 << 12,
    WriteTokens = 1 << 13,
    DeleteTokens = 1 << 14,
    ReadHydraters = 1 << 15,
    WriteHydraters = 1 << 16,
    DeleteHydraters = 1 << 17,
    All = (1 << 18) - 1,
}
