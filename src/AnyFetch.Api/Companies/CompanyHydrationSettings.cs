using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.Companies;

namespace AnyFetch.Api.Companies;

/// <summary>Reads what callers say about how a company's documents are hydrated. Null, or no language, leaves it to the server again.</summary>
internal static class CompanyHydrationSettings
{
    private const string Languages = "ocr_languages";
    private const string JunkNames = "junk_names";
    private const string JunkFolders = "junk_folders";
    private const string CallbackSeconds = "callback_seconds";
    private const string KeepOriginals = "keep_originals";

    /// <summary>What stands after the parameters; wrong ones are noted in them.</summary>
    public static CompanyHydration Apply(CompanyHydration hydration, ApiParameters parameters) => hydration with
    {
        Languages = parameters.Has(Languages) ? ReadLanguages(parameters) : hydration.Languages,
        JunkNames = parameters.Has(JunkNames)
            ? ReadJunk(parameters, JunkNames, CompanyHydration.JunkNamesMax) : hydration.JunkNames,
        JunkFolders = parameters.Has(JunkFolders)
            ? ReadJunk(parameters, JunkFolders, CompanyHydration.JunkFoldersMax) : hydration.JunkFolders,
        CallbackSeconds = parameters.Has(CallbackSeconds) ? ReadSeconds(parameters) : hydration.CallbackSeconds,
        KeepsOriginals = parameters.Bool(KeepOriginals) ?? hydration.KeepsOriginals,
    };

    private static IReadOnlyList<string>? ReadLanguages(ApiParameters parameters)
    {
        if (parameters.Texts(Languages) is not { Count: > 0 } names)
        {
            return null;
        }

        if (names.Count > CompanyHydration.LanguagesMax || !names.All(CompanyHydration.IsLanguage))
        {
            parameters.Refuse(Languages, $"must be at most {CompanyHydration.LanguagesMax} names of languages such as 'eng' or 'chi_sim'");
        }

        return [.. names.Distinct()];
    }

    private static IReadOnlyList<string>? ReadJunk(ApiParameters parameters, string name, int most)
    {
        var names = parameters.Texts(name);
        if (names is not null && (names.Count > most || !names.All(CompanyHydration.IsJunkName)))
        {
            parameters.Refuse(
                name, $"must be at most {most} names of 1 to {CompanyHydration.JunkNameCharsMax} characters that are not all '*', without slashes");
        }

        return names;
    }

    private static int? ReadSeconds(ApiParameters parameters)
    {
        var seconds = parameters.Integer(CallbackSeconds);
        if (seconds is < 1 or > CompanyHydration.CallbackSecondsMax)
        {
            parameters.Refuse(CallbackSeconds, $"must be a whole number from 1 to {CompanyHydration.CallbackSecondsMax}");
            return null;
        }

        return (int?)seconds;
    }
}
