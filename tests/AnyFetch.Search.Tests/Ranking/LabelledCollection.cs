namespace AnyFetch.Search.Tests.Ranking;

/// <summary>
/// A small collection in English and French, written for this project, with what a reader would call the answers to
/// its queries: 2 for what was meant, 1 for what helps.
/// </summary>
internal static class LabelledCollection
{
    public static IReadOnlyDictionary<string, (string Title, string Text)> Documents { get; } =
        new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            ["budget26"] = ("Budget 2026", "The budget of the company for 2026 with the forecasts of each department."),
            ["budget25"] = ("Budget 2025", "Figures of last year. The budget was exceeded by travel costs in spring."),
            ["travel"] = ("Travel policy", "Who travels books trains first. Costs of flights need a manager's approval."),
            ["flights"] = ("Flight to Lisbon", "Your flight leaves at nine. Check in opens one day before."),
            ["offsite"] = ("Offsite in Lisbon", "We meet in Lisbon in May. The hotel is near the river; flights are booked."),
            ["contract"] = ("Contract with Brightwater", "The supplier delivers pumps. The contract ends in 2027 unless renewed."),
            ["invoice"] = ("Invoice 4711", "Brightwater asks to pay for twelve pumps within thirty days."),
            ["pumps"] = ("Maintaining pumps", "A pump is cleaned twice a year. Filters are changed when the pressure falls."),
            ["minutes"] = ("Minutes of the board", "The board approved the budget and heard about hiring."),
            ["hiring"] = ("Hiring plan", "Two engineers and a designer are hired in the first half of the year."),
            ["designer"] = ("Job: product designer", "You design screens with engineers and talk to users."),
            ["cv-anna"] = ("CV Anna Leroy", "Designer with ten years of experience, formerly at a maker of pumps."),
            ["security"] = ("Security rules", "Passwords are long. Report lost laptops to the help desk at once."),
            ["laptops"] = ("Lost laptop", "A laptop was lost on a train to Lyon. The disk was encrypted."),
            ["holidays"] = ("Holidays", "Ask for days off in the calendar; the manager approves them."),
            ["conges"] = ("Congés d'été", "Les demandes de congés se font avant avril ; le responsable les valide."),
            ["contrat"] = ("Contrat de travail", "Le contrat précise la durée du travail, le salaire et les congés."),
            ["facture"] = ("Facture d'électricité", "Facture du bureau de Lyon, à payer avant la fin du mois."),
            ["factures"] = ("Suivi des factures", "Tableau des factures payées et en retard, par fournisseur."),
            ["reunion"] = ("Compte rendu de réunion", "Réunion de l'équipe de Lyon : budget, embauches et déménagement."),
            ["demenagement"] = ("Déménagement du bureau", "Le bureau de Lyon déménage en juin. Les cartons arrivent en mai."),
            ["embauche"] = ("Plan d'embauche", "Nous embauchons deux ingénieurs et une graphiste cette année."),
            ["cheval"] = ("Sortie à cheval", "L'équipe part à cheval en forêt ; les chevaux attendent à midi."),
            ["recette"] = ("Recette de la tarte", "Des pommes, du sucre, une pâte. La tarte cuit quarante minutes."),
        };

    public static IReadOnlyList<(string Query, IReadOnlyDictionary<string, int> Answers)> Queries { get; } =
    [
        Make("budget 2026", ("budget26", 2)),
        Make("budget", ("budget26", 2), ("budget25", 2), ("minutes", 1), ("reunion", 1)),
        Make("flights lisbon", ("flights", 2), ("offsite", 2)),
        Make("pump", ("pumps", 2), ("contract", 1), ("invoice", 1), ("cv-anna", 1)),
        Make("brightwater", ("contract", 2), ("invoice", 1)),
        Make("lost laptops", ("laptops", 2), ("security", 1)),
        Make("designer", ("designer", 2), ("cv-anna", 1), ("hiring", 1)),
        Make("hire engineer", ("hiring", 2)),
        Make("manager approves", ("holidays", 2), ("travel", 1)),
        Make("travel costs", ("travel", 2), ("budget25", 1)),
        Make("congé", ("conges", 2), ("contrat", 1)),
        Make("factures", ("factures", 2), ("facture", 2)),
        Make("facture lyon", ("facture", 2)),
        Make("demenagement bureau", ("demenagement", 2)),
        Make("chevaux", ("cheval", 2)),
        Make("contrat travail", ("contrat", 2)),
        Make("l'equipe lyon", ("reunion", 2)),
        Make("embauches", ("reunion", 1), ("embauche", 2)),
    ];

    private static (string Query, IReadOnlyDictionary<string, int> Answers) Make(
        string query, params (string Document, int Worth)[] answers) =>
        (query, answers.ToDictionary(a => a.Document, a => a.Worth, StringComparer.Ordinal));
}
