/** In the place of `d3-geo`, which Plot asks for maps: the page's figures have none. */
const noMaps = (): never => {
  throw new Error('There are no maps in this page: a bug.')
}

export const geoAlbers = noMaps
export const geoAlbersUsa = noMaps
export const geoAzimuthalEqualArea = noMaps
export const geoAzimuthalEquidistant = noMaps
export const geoCentroid = noMaps
export const geoClipRectangle = noMaps
export const geoConicConformal = noMaps
export const geoConicEqualArea = noMaps
export const geoConicEquidistant = noMaps
export const geoEqualEarth = noMaps
export const geoEquirectangular = noMaps
export const geoGnomonic = noMaps
export const geoGraticule = noMaps
export const geoGraticule10 = noMaps
export const geoMercator = noMaps
export const geoOrthographic = noMaps
export const geoPath = noMaps
export const geoStereographic = noMaps
export const geoStream = noMaps
export const geoTransverseMercator = noMaps
/** Plot makes some of these before it is asked for anything. */
export const geoTransform = (methods: object): object => methods
