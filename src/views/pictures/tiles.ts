/** Where a place stands on the map: column and row from the north-west, and the letters its tile bears. */
export interface Tile {
  readonly place: string;
  readonly letters: string;
  readonly column: number;
  readonly row: number;
}

const ROWS: readonly (readonly [column: number, letters: string, place: string][])[] = [
  [[3, 'NENC', 'north-east-and-north-cumbria']],
  [
    [2, 'LSC', 'lancashire-and-south-cumbria'],
    [3, 'WY', 'west-yorkshire'],
    [4, 'HNY', 'humber-and-north-yorkshire'],
  ],
  [
    [1, 'CM', 'cheshire-and-merseyside'],
    [2, 'GM', 'greater-manchester'],
    [3, 'SY', 'south-yorkshire'],
  ],
  [
    [1, 'STW', 'shropshire-telford-and-wrekin'],
    [2, 'SSOT', 'staffordshire-and-stoke-on-trent'],
    [3, 'DD', 'derby-and-derbyshire'],
    [4, 'NN', 'nottingham-and-nottinghamshire'],
    [5, 'LINC', 'lincolnshire'],
  ],
  [
    [1, 'BC', 'black-country'],
    [2, 'BSOL', 'birmingham-and-solihull'],
    [3, 'LLR', 'leicester-leicestershire-and-rutland'],
    [4, 'NH', 'northamptonshire'],
    [5, 'CP', 'cambridgeshire-and-peterborough'],
    [6, 'NW', 'norfolk-and-waveney'],
  ],
  [
    [1, 'HW', 'herefordshire-and-worcestershire'],
    [2, 'CW', 'coventry-and-warwickshire'],
    [3, 'BOB', 'buckinghamshire-oxfordshire-and-berkshire-west'],
    [4, 'BLMK', 'bedfordshire-luton-and-milton-keynes'],
    [5, 'HWE', 'hertfordshire-and-west-essex'],
    [6, 'SNEE', 'suffolk-and-north-east-essex'],
  ],
  [
    [1, 'BNSSG', 'bristol-north-somerset-and-south-gloucestershire'],
    [2, 'GLOS', 'gloucestershire'],
    [3, 'FRIM', 'frimley'],
    [4, 'NWL', 'north-west-london'],
    [5, 'NCL', 'north-central-london'],
    [6, 'NEL', 'north-east-london'],
    [7, 'MSE', 'mid-and-south-essex'],
  ],
  [
    [1, 'SOM', 'somerset'],
    [2, 'BSW', 'bath-and-north-east-somerset-swindon-and-wiltshire'],
    [3, 'SURR', 'surrey-heartlands'],
    [4, 'SWL', 'south-west-london'],
    [5, 'SEL', 'south-east-london'],
    [6, 'KM', 'kent-and-medway'],
  ],
  [
    [0, 'CIOS', 'cornwall-and-the-isles-of-scilly'],
    [1, 'DEV', 'devon'],
    [2, 'DOR', 'dorset'],
    [3, 'HIOW', 'hampshire-and-isle-of-wight'],
    [4, 'SX', 'sussex'],
  ],
];

/** The 42 places as squares, in reading order: about where they lie, so that neighbours are neighbours. */
export const TILES: readonly Tile[] = ROWS.flatMap((tiles, row) =>
  tiles.map(([column, letters, place]) => ({ place: `icb/${place}`, letters, column, row })),
);
