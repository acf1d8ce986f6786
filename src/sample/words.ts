/** Words that made-up people are made of: common given names, and parts that surnames, streets and places are joined from. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

export const GIVEN_NAMES = {
  female: list(`
    Olivia Charlotte Amelia Isla Mia Ava Grace Willow Harper Chloe Ella Sophie Emily Ruby Lucy Zoe Evie Matilda Hannah Georgia
    Abigail Alice Imogen Jasmine Lily Madison Phoebe Poppy Sienna Stella Jessica Sarah Rebecca Lauren Emma Amy Nicole Michelle
    Kylie Melissa Rachel Katherine Danielle Natalie Elizabeth Vanessa Jennifer Karen Susan Julie Christine Deborah Sandra Helen
    Margaret Patricia Anne Judith Barbara Joan Dorothy Shirley Betty Marjorie Heather Valerie Gwendolyn Priya Ananya Mei Ling
    Yuki Fatima Aisha Leila Noor Sofia Elena Giulia Chiara Ingrid Freya Astrid Siobhan Niamh Roisin Aroha Maia Mele Lupe Zainab
    Amara Ngozi Thandi Beatriz Camila Lucia Marisol Tanya Irina Svetlana Katya Zsofia Eszter`),
  male: list(`
    Oliver Noah Leo William Henry Theodore Jack Hudson Charlie Lucas Elijah Thomas James Levi Archie Ethan Mason Liam Harrison
    Cooper Alexander Benjamin Daniel Matthew Joshua Samuel Joseph Jacob Lachlan Mitchell Nathan Ryan Luke Adam Timothy Andrew
    Michael David Christopher Jason Stephen Mark Paul Peter Anthony Craig Gregory Ian Kevin Brian Graham Raymond Kenneth Ronald
    Douglas Norman Leslie Stanley Walter Harold Arthur Frederick Wei Jun Hiroshi Kenji Arjun Rohan Vikram Omar Yusuf Hassan Ibrahim
    Khalid Marco Giovanni Luca Stefan Bjorn Magnus Declan Cormac Eoin Tane Wiremu Sione Tevita Kwame Chidi Tendai Mateo Diego
    Santiago Ivan Dmitri Sergei Laszlo Bence Piotr Tomasz`),
} as const;

export const COMMON_SURNAMES = list(`
  Smith Jones Williams Brown Wilson Taylor Johnson White Martin Anderson Thompson Nguyen Thomas Walker Harris Lee Ryan Robinson Kelly
  King Davis Wright Evans Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose Davies Singh Cox
  Chen Wang Zhang Li Tran Le Campbell Stewart Scott Murphy Murray Cooper Parker Collins Edwards Bennett Bailey Carter Young Allen`);
export const SURNAME_STARTS = list(`
  Ash Bar Black Brad Brook Burn Carl Chad Clay Crom Dal Dun East Ell Fair Farn Gold Green Hal Ham Hart Hather Hol Hunt Kings Lang Lind
  Mar Mel Mid Mor Nether New Nor Oak Old Over Pem Pen Rad Red Rother Sand Shel South Stan Stock Swin Thorn Under Wake War Wes Whit
  Win Wood Wor`);
export const SURNAME_ENDS = list(`
  bourne bridge brook burn bury by cliffe combe cott croft dale den don field ford gate ham hurst land ley low man mere more ridge
  sey shaw stead stone ton wall water way well wick wood worth`);

export const STREET_WORDS = list(`
  Acacia Albert Alma Anchor Banksia Bellbird Birch Bramble Canal Cedar Chapel Church Clarence Clover College Crown Daisy Dolphin Elm Ferry
  Forest Garden George Glebe Grange Hawthorn Heron High Hill Holly Iris Jubilee Juniper Kestrel King Lake Lark Laurel Lavender Linden
  Lighthouse Magnolia Main Manor Maple Market Meadow Mill Myrtle North Orchard Palm Park Pepper Pine Poplar Queen Quarry Railway River
  Robin Rosemary Rowan School Shepherd Silver Spring Station Sunset Swan Sycamore Tanner Temple Thistle Union Victoria Vine Violet
  Walnut Waratah Wattle Willow Windmill Wren`);
export const STREET_SECOND_WORDS = list('Field View Bank Grove Farm Gate Ridge Bay Cross Rise');
export const STREET_TYPES = list(
  'Street Street Street Road Road Avenue Avenue Court Place Crescent Lane Drive Close Parade Terrace',
);

export const PLACE_STARTS = list(`
  Alder Amber Apple Barrow Beacon Bella Birken Bright Cala Castle Cold Copper Coral Crag Deer Drift Ebbing Eagle Fern Fox Glen Grey Heath
  Honey Iron Kanga Lilly Long Maple Marsh Mill Moon Mossy Otter Pebble Quarry Raven Rock Saint Salt Shell Silver Stony Sun Swan
  Thistle Tide Wander Warra Wind Yarra`);
export const PLACE_ENDS = list(`
  bay beach bridge brook burgh creek dale downs falls field ford glen grove haven heath hills lake ley mouth park point port ridge side
  ton vale view ville wood`);

export const REGIONS = list('Northland Eastmarch Southvale Westreach Midlands Lakeside Highcountry Outerisles');

/** Ethnicities and income brackets: label, share of people (the rest is blank), usual income. */
export const ETHNICITIES = [
  { label: 'European', share: 0.58, income: 61_000 },
  { label: 'Asian', share: 0.17, income: 59_000 },
  { label: 'Indigenous', share: 0.11, income: 48_000 },
  { label: 'Pacific', share: 0.07, income: 50_500 },
  { label: 'Middle Eastern', share: 0.03, income: 53_500 },
  { label: 'African', share: 0.012, income: 51_500 },
  { label: 'Other', share: 0.008, income: 56_000 },
] as const;
