# ruff: noqa: RUF001 - addresses as they are written
"""Real addresses, written down from knowledge of the streets, not from what the matcher says."""

import pytest

from geo.geocoding import Geocoder, Query, Rung

ADDRESSES = [
    ("Rue Haute 298A bte 3, 1000 Bruxelles", "Rue Haute", "1000"),
    ("Hoogstraat 12-14, 1000 Brussel", "Rue Haute", "1000"),
    ("Rue Haute - Hoogstraat 5, 1000", "Rue Haute", "1000"),
    ("Rue Haute / Hoogstraat 5 B-1000 Brussel", "Rue Haute", "1000"),
    ("298a rue haute bxl 1000", "Rue Haute", "1000"),
    ("av. Louise 331 bte 12 1050 Ixelles", "Avenue Louise", "1050"),
    ("Louizaln 331 bus 12, 1050 Elsene", "Avenue Louise", "1050"),
    ("AVENUE LOUISE, 331 - 1050 BRUXELLES", "Avenue Louise", "1050"),
    ("Bd Anspach 1 1000 Bruxelles", "Boulevard Anspach", "1000"),
    ("blvd. anspach, n° 12, 1000", "Boulevard Anspach", "1000"),
    ("Chée de Haecht 147, 1030 Schaerbeek", "Chaussée de Haecht", "1030"),
    ("ch. de Haecht 147 Schaerbeek", "Chaussée de Haecht", "1030"),
    ("Haachtsesteenweg 147, 1030", "Chaussée de Haecht", "1030"),
    ("chaussée d’Ixelles 168 - 1050", "Chaussée d'Ixelles", "1050"),
    ("Elsense Stwg 168, 1050 Elsene", "Chaussée d'Ixelles", "1050"),
    ("Place Flagey 18, 1050", "Place Eugène Flagey", "1050"),
    ("pl. Eugène Flagey, 1050 Ixelles", "Place Eugène Flagey", "1050"),
    ("Flageyplein 18, Elsene", "Place Eugène Flagey", "1050"),
    ("Sq. Ambiorix 1, 1000 Bruxelles", "Square Ambiorix", "1000"),
    ("Ambiorixsquare 1 1000 Brussel", "Square Ambiorix", "1000"),
    ("rue des 2 Eglises 12, 1210 St-Josse", "Rue des Deux Eglises", "1210"),
    ("Tweekerkenstr. 12, 1000 Brussel", "Rue des Deux Eglises", "1000"),
    ("Avenue du 11 Novembre 5, 1040 Etterbeek", "Avenue du Onze Novembre", "1040"),
    ("11 Novemberlaan 5, 1040", "Avenue du Onze Novembre", "1040"),
    ("Rue du 17 avril 3, 1140 Evere", "Rue du Dix-sept avril", "1140"),
    ("Place du 4 Août 2, 1040 Etterbeek", "Place du Quatre Août", "1040"),
    ("Bd Leopold 2 n°40 Molenbeek", "Boulevard Léopold II", "1080"),
    ("Leopold II-laan 40, 1080", "Boulevard Léopold II", "1080"),
    ("Square Albert 1er 12, 1070 Anderlecht", "Square Albert Ier", "1070"),
    ("Rue N.-D. du Sommeil 30, 1000", "Rue Notre-Dame du Sommeil", "1000"),
    ("O.L.V. van Vaakstraat 30, 1000 Brussel", "Rue Notre-Dame du Sommeil", "1000"),
    ("rue du Marché aux Herbes 61, 1000", "Rue du Marché aux Herbes", "1000"),
    ("Grasmarkt 61, 1000 Brussel", "Rue du Marché aux Herbes", "1000"),
    ("Grand-Place 1, 1000 Bruxelles", "Grand-Place", "1000"),
    ("Grote Markt 1 Brussel", "Grand-Place", "1000"),
    ("Petite rue des Bouchers 5, 1000", "Petite rue des Bouchers", "1000"),
    ("Rue des Bouchers 5, 1000", "Rue des Bouchers", "1000"),
    ("rue de l'angle 3, 1000 Bruxelles", "Rue de l'Angle", "1000"),
    ("Rue de la Poste 111, Schaerbeek", "Rue de la Poste", "1030"),
    ("Poststraat 111, Schaarbeek", "Rue de la Poste", "1030"),
    ("Rue du Dries 5, Forest", "Rue du Dries", "1190"),
    ("Dieweg 69, Uccle", "Dieweg", "1180"),
    ("Treurenberg 10, 1000", "Treurenberg", "1000"),
    ("Cantersteen 1000 Bruxelles 12", "Cantersteen", "1000"),
    ("Bd M. Lemonnier 162, 1000", "Boulevard Maurice Lemonnier", "1000"),
    ("Boulevard Lemonnier 162, 1000 Bruxelles", "Boulevard Maurice Lemonnier", "1000"),
    ("av. Ad. Buyl 87, 1050", "Avenue Adolphe Buyl", "1050"),
    ("Av. Buyl 87, 1050 Ixelles", "Avenue Adolphe Buyl", "1050"),
    ("Rue Gén. Leman 20, 1040", "Rue Général Leman", "1040"),
    ("Rue Dr Kuborn 5, Anderlecht", "Rue Docteur Kuborn", "1070"),
    ("Dr. Kubornstraat 5, 1070", "Rue Docteur Kuborn", "1070"),
    ("Av. Jean et Pierre Carsoel 2, 1180", "Avenue Jean et Pierre Carsoel", "1180"),
    ("Rue Cail et Halot 3, Molenbeek", "Rue Cail et Halot", "1080"),
    ("ChaussÃ©e de Gand 12, 1080", "Chaussée de Gand", "1080"),
    ("Chauss?e de Mons 100, 1070", "Chaussée de Mons", "1070"),
    ("Molenbeek, chaussée de Gand 12", "Chaussée de Gand", "1080"),
    ("1080 Molenbeek-Saint-Jean, 40 rue Bonnevie", "Rue Bonnevie", "1080"),
    ("Rue Bonnevie 40, 2e étage, 1080", "Rue Bonnevie", "1080"),
    ("Rue Bonnevie 40 rez-de-chaussée 1080 Bruxelles", "Rue Bonnevie", "1080"),
    ("Vrijheidslaan 12 - 1081 Koekelberg", "Avenue de la Liberté", "1081"),
    ("Rue de Stalle 50, Ukkel", "Rue de Stalle", "1180"),
    ("Av. de Tervueren 300, 1150 WSP", "Avenue de Tervueren", "1150"),
    ("Rue Marie-Christine 100, Laeken", "Rue Marie-Christine", "1020"),
    ("Maria-Christinastraat 100 Laken", "Rue Marie-Christine", "1020"),
    ("Chaussée de Vilvorde 200, Neder-Over-Heembeek", "Chaussée de Vilvorde", "1120"),
    ("Rue de Verdun 300, Haren", "Rue de Verdun", "1130"),
    ("Parvis St-Gilles 10, 1060", "Parvis Saint-Gilles", "1060"),
    ("parvis de St Gilles, 10 à 1060 Saint-Gilles", "Parvis Saint-Gilles", "1060"),
    ("Sint-Gillisvoorplein 10, 1060", "Parvis Saint-Gilles", "1060"),
    ("Quai du Hainaut 41-43, 1080", "Quai du Hainaut", "1080"),
    ("Henegouwenkaai 41, Molenbeek", "Quai du Hainaut", "1080"),
    ("12/3 rue de Laeken, 1000", "Rue de Laeken", "1000"),
    ("Rue Royale Ste-Marie 22, 1030", "Rue Royale-Sainte-Marie", "1030"),
    ("Tour & Taxis, av. du Port 86C, 1000 Bruxelles", "Avenue du Port", "1000"),
    ("Avenue du Port 86 c boîte 3008, 1000", "Avenue du Port", "1000"),
    ("De Brouckereplein 12 Brussel", "Place De Brouckère", "1000"),
    ("place de brouckere, 1000", "Place De Brouckère", "1000"),
    ("rue vandenbranden 5 1000", "Rue Vandenbranden", "1000"),
    ("rue van den branden 5, 1000", "Rue Vandenbranden", "1000"),
    ("Sint-Jansplein 5, 1000", "Place Saint-Jean", "1000"),
    ("chaussee de wavre 1015, etterbeek", "Chaussée de Wavre", "1040"),
]  # fmt: skip
NOT_FOUND = [
    "Rue Mouffetard 5, 1000 Bruxelles",
    "Meir 12, 2000 Antwerpen",
    "Rue Xhovémont 3, 1000 Bruxelles",
    "10 Downing Street, London",
    "voir site web",
    "à domicile",
    "0477 12 34 56",
    "",
    "???",
]

pytestmark = pytest.mark.official


@pytest.mark.parametrize(("text", "street", "postcode"), ADDRESSES)
def test_a_real_address_is_found(brussels: Geocoder, text: str, street: str, postcode: str) -> None:
    answer = brussels.find(Query(text=text))
    assert answer.best is not None
    assert (answer.best.street_fr, answer.best.postcode) == (street, postcode)
    assert not answer.ambiguous


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_street_here_is_not_taken_for_one(brussels: Geocoder, text: str) -> None:
    answer = brussels.find(Query(text=text))
    on_street = answer.rung in (Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET)
    assert answer.ambiguous or not on_street


@pytest.mark.parametrize(
    "text", ["Rue de l'Eglise 5", "Kerkstraat 5, Brussel", "Louizalaan - Hoogstraat"]
)
def test_what_fits_several_streets_is_a_question(brussels: Geocoder, text: str) -> None:
    answer = brussels.find(Query(text=text))
    alone = len({(c.street_fr, c.postcode) for c in answer.candidates}) == 1
    assert answer.ambiguous != alone
